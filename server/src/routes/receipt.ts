import { Hono } from 'hono';
import { fromHex, toBase64url } from '../../../src/domain/bytes.ts';
import type { MerchantId, TillId } from '../../../src/domain/ids.ts';
import { languageOf } from '../../../src/domain/language.ts';
import type { Gate } from '../access/gate.ts';
import { isSameText } from '../access/secrets.ts';
import type { AppContext, AppDeps, AppEnv } from '../http/context.ts';
import { notice } from '../pages/layout.ts';
import { receiptPage } from '../pages/sale-page.ts';
import { textsOf } from '../pages/texts.ts';
import { entryAt } from '../storage/journal.ts';
import { shopOf } from '../storage/merchants.ts';

/** Characters of a receipt's token: 132 bits of the entry's hash in base64url. Who has the paper has the token. */
const TOKEN_LENGTH = 22;

/** The token that opens the e-receipt of a `sale.completed` entry. */
export const receiptToken = (hash: string): string => toBase64url(fromHex(hash)).slice(0, TOKEN_LENGTH);

/** GET /r/:merchant/:number/:token, the page behind the code on the slip. `number` is the entry's receipt number. */
export function receiptApp(deps: AppDeps, gate: Gate): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/:merchant/:number/:token', (c) => show(c, deps, gate));
  return app;
}

async function show(c: AppContext, { database }: AppDeps, gate: Gate): Promise<Response> {
  gate.limit(c, 'receipt');
  c.header('x-robots-tag', 'noindex, nofollow');
  const { merchant = '', number = '', token = '' } = c.req.param();
  const [, till = '', epoch = '', digits = '0'] =
    /^([A-Z0-9]{2,4})-([0-9A-Z]{6})-(\d{6,15})$/.exec(number) ?? [];
  const found = await database.read(async (sql) => {
    const place = { merchant: merchant as MerchantId, till: till as TillId };
    return { shop: await shopOf(sql, merchant), signed: await entryAt(sql, place, epoch, Number(digits)) };
  });
  const { shop, signed } = found;
  const isTrue = signed !== undefined && isSameText(receiptToken(signed.hash), token);
  if (shop === undefined || !isTrue || signed.entry.type !== 'sale.completed') {
    // The same words for a wrong token as for a sale that has not arrived: nothing can be learnt by trying.
    const language = shop?.language ?? languageOf(c.req.header('accept-language') ?? 'zh');
    const texts = textsOf(language);
    return c.html(notice({ language, title: texts.receiptMissing, hint: texts.receiptMissingHint }), 404);
  }
  return c.html(receiptPage({ shop, entry: signed.entry }));
}
