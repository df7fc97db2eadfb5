import { DEFAULT_DAY_RULE } from '../domain/business-day.ts';
import type { MerchantId, OperatorId, TillId } from '../domain/ids.ts';
import { DEFAULT_CURRENCY } from '../domain/money.ts';
import type { Language, Shop } from '../domain/shop.ts';
import type { JournalClient } from '../store/journal-client.ts';
import type { ShopFacts } from './shop-facts.ts';
import { MODE_KEY } from './training-mode.ts';

const SHOP_NAMES: Readonly<Record<Language, string>> = {
  'zh-CN': '练习小店',
  'zh-TW': '練習小店',
  en: 'Practice shop',
  ar: 'متجر التدريب',
};

/** Starts the page again on the other journal. The two never share a page: no code path can mix them. */
export function switchTraining(on: boolean, language: Language): void {
  if (on) localStorage.setItem(MODE_KEY, language);
  else localStorage.removeItem(MODE_KEY);
  location.assign(location.pathname);
}

/** Makes the practice shop at the first visit: no server knows of it. */
export async function enrolTraining(
  journal: JournalClient,
  facts: ShopFacts,
  language: Language,
): Promise<void> {
  if (facts.shop !== undefined) return;
  const shop: Shop = {
    name: SHOP_NAMES[language],
    trade: 'retail',
    language,
    currency: DEFAULT_CURRENCY,
    ...DEFAULT_DAY_RULE,
    rounding: 'none',
  };
  await journal.createKey();
  const identity = await journal.enrol({
    merchant: 'm-TRAINING00' as MerchantId,
    till: 'T0' as TillId,
    training: true,
    shop,
    operator: 'trainee' as OperatorId,
  });
  await facts.keep(shop, identity);
}
