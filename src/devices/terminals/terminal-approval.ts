import { type Approval, ApprovalSchema } from '../../domain/approval.ts';
import { holdsCardNumber } from '../codecs/card-scan/card-scan.ts';

type Candidate = { readonly [Field in keyof Approval]?: Approval[Field] | undefined };

/** Card numbers are this long, ISO/IEC 7812. */
const CARD_DIGITS_MIN = 13;
const CARD_DIGITS = /\d{13,19}/g;
const HIDDEN = '****';

/**
 * What a terminal told about money that moved, as the journal may keep it. A field that does not fit is left out; nothing that
 * could be a card number passes, wherever it stood.
 */
export function terminalApproval(candidate: Candidate): Approval {
  const kept: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(ApprovalSchema.shape)) {
    const value = candidate[field as keyof Approval];
    const told = typeof value === 'string' ? withoutCards(value).trim() : value;
    if (told !== undefined && told !== '' && schema.safeParse(told).success) kept[field] = told;
  }
  return ApprovalSchema.parse(kept);
}

/**
 * First six and last four digits at most of whatever a terminal calls the account: masked, cut down, or clear.
 * Undefined when not even four digits at the end are there.
 */
export function maskedAccount(account: string): string | undefined {
  const signs = account.replace(/[\s-]/g, '');
  const last = /\d{4}$/.exec(signs)?.[0];
  if (last === undefined || signs.length > 40) return undefined;
  // Six and four of a short number would be most of it.
  const first = signs.length < CARD_DIGITS_MIN ? '' : (/^\d{1,6}/.exec(signs)?.[0] ?? '');
  return `${first}${HIDDEN}${last}`;
}

/** The text without anything that could be a card number: masked where it stands, or hidden as a whole. */
export function withoutCards(text: string): string {
  if (!holdsCardNumber(text)) return text;
  const masked = text.replace(CARD_DIGITS, (digits) =>
    holdsCardNumber(digits) ? (maskedAccount(digits) ?? HIDDEN) : digits,
  );
  return holdsCardNumber(masked) ? HIDDEN : masked;
}
