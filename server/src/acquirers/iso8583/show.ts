import type { IsoMessage } from './codec.ts';
import { type FieldTable, UNIONPAY_FIELDS } from './fields.ts';

/** Fields of which nothing may be seen: expiry, track 3, PIN block, working keys. */
const HIDDEN_FIELDS: ReadonlySet<number> = new Set([14, 36, 52, 62]);
/** Fields that begin with a card number. */
const CARD_FIELDS: ReadonlySet<number> = new Set([2, 35]);
const EMV_FIELD = 55;
const HIDDEN = '****';

/** A field as people may see it: `masked` in place of `value` where card data or keys are. */
export interface ShownField {
  readonly field: number;
  readonly name: string;
  readonly value?: string;
  readonly masked?: string;
  /** Field 55: what `emv` made of it. */
  readonly tags?: unknown;
}

/**
 * A message for the command line and for tests, card data masked. `emv` shows field 55; without it the field is hidden,
 * since its tags can hold a card number.
 */
export function showMessage(
  message: IsoMessage,
  emv?: (bytes: Uint8Array) => unknown,
  table: FieldTable = UNIONPAY_FIELDS,
): { readonly mti: string; readonly fields: readonly ShownField[] } {
  const fields = Object.keys(message.fields).map((key): ShownField => {
    const field = Number(key);
    const value = message.fields[field] ?? '';
    const head = { field, name: table[field]?.name ?? `Field ${field}` };
    if (HIDDEN_FIELDS.has(field)) return { ...head, masked: HIDDEN };
    if (CARD_FIELDS.has(field)) return { ...head, masked: lastFour(value) };
    if (field !== EMV_FIELD) return { ...head, value };
    return emv === undefined
      ? { ...head, masked: HIDDEN }
      : { ...head, tags: emv(Buffer.from(value, 'hex')) };
  });
  return { mti: message.mti, fields };
}

/** `****1234` of the digits in front; a track may be encrypted, and then the digits mean little but are few. */
function lastFour(value: string): string {
  const digits = /^\d+/.exec(value)?.[0] ?? '';
  return digits.length >= 12 && digits.length <= 19 ? `${HIDDEN}${digits.slice(-4)}` : HIDDEN;
}
