import type { CardReader } from '../devices/ports.ts';
import type { CardData } from '../domain/card-data.ts';
import { type Currency, type Minor, ZERO } from '../domain/money.ts';
import { FlowError } from '../flow/services.ts';

/** How long a customer may take to present the card, ms. */
const PRESENT_MS = 60_000;

export interface Balance {
  readonly balance: Minor;
  readonly currency: Currency;
}

/** 余额查询: reads a card and asks its bank. Moves nothing. Rejects with FlowError. */
export async function askBalance(
  reader: CardReader | undefined,
  currency: Currency,
  ask: (card: CardData) => Promise<Balance | undefined>,
): Promise<Balance> {
  if (reader === undefined) throw new FlowError('no-device');
  const request = { amount: ZERO, currency, purpose: 'balance', timeoutMs: PRESENT_MS } as const;
  const card = await reader.start(request, () => undefined, AbortSignal.timeout(PRESENT_MS));
  if (card.kind !== 'online-request') throw new FlowError('card-not-read');
  let told: Balance | undefined;
  try {
    told = await ask(card.card);
  } finally {
    // Also when nobody could be asked: until it is told something, the reader holds on to the card.
    await reader.resume({ approved: told !== undefined }, () => undefined);
  }
  if (told === undefined) throw new FlowError('balance-unknown');
  return told;
}
