/**
 * Every code a page may have to explain, by who said it, with the three answers that need no words of their own:
 * is the money safe, is the data safe, may it be tried again. The texts are in the catalogues.
 */
export interface Safety {
  /** `untouched`: nobody was charged. `taken`: the money is in the drawer. `apart`: it has nothing to do with this. `look`: look before acting. */
  readonly money: 'untouched' | 'taken' | 'apart' | 'look';
  /** `kept`: everything recorded so far stays. `here-only`: it is on this device alone. `at-risk`: it may not survive. */
  readonly data: 'kept' | 'here-only' | 'at-risk';
  readonly retry: 'safe' | 'look-first' | 'useless';
}

const kept = (money: Safety['money'], retry: Safety['retry']): Safety => ({ money, data: 'kept', retry });
const hereOnly = (retry: Safety['retry']): Safety => ({ money: 'taken', data: 'here-only', retry });
const atRisk = (retry: Safety['retry']): Safety => ({ money: 'look', data: 'at-risk', retry });

export const ERRORS = {
  // Printing: PrintDoubt of devices/ports. The sale is done whatever the paper does.
  'print.no-confirmation': kept('apart', 'look-first'),
  'print.no-printer': kept('apart', 'safe'),
  'print.busy': kept('apart', 'safe'),
  'print.no-access': kept('apart', 'safe'),
  'print.lost': kept('apart', 'look-first'),
  'print.timeout': kept('apart', 'look-first'),
  'print.protocol': kept('apart', 'look-first'),
  'print.refused': kept('apart', 'look-first'),
  'print.unsupported': kept('apart', 'useless'),
  'print.not-chosen': kept('apart', 'safe'),
  'print.paper-end': kept('apart', 'look-first'),
  'print.cover-open': kept('apart', 'look-first'),
  // Storage: StorageTrouble of domain/journal.
  'storage.quota': atRisk('look-first'),
  'storage.disk': atRisk('look-first'),
  'storage.blocked': atRisk('safe'),
  'storage.damaged': atRisk('useless'),
  'storage.unsupported': atRisk('useless'),
  'storage.lost-lock': kept('look', 'look-first'),
  'storage.too-large': kept('untouched', 'useless'),
  // The server's refusals: `Refusal` of contract/api.
  'server.malformed-json': hereOnly('useless'),
  'server.malformed-body': hereOnly('useless'),
  'server.unsupported-contract': hereOnly('useless'),
  'server.proof-invalid': kept('untouched', 'safe'),
  'server.unauthorised': hereOnly('safe'),
  'server.forbidden': hereOnly('useless'),
  'server.not-found': hereOnly('useless'),
  'server.method-not-allowed': hereOnly('useless'),
  'server.too-large': hereOnly('useless'),
  'server.hash-mismatch': hereOnly('useless'),
  'server.signature-invalid': hereOnly('useless'),
  'server.unknown-key': hereOnly('useless'),
  'server.broken-chain': hereOnly('useless'),
  'server.sequence-gap': hereOnly('safe'),
  'server.fork': hereOnly('useless'),
  'server.training-entry': hereOnly('useless'),
  'server.entry-invalid': hereOnly('useless'),
  'server.till-revoked': hereOnly('useless'),
  // Of these the first says nothing of the money; the others say that this request moved none.
  'server.attempt-conflict': kept('look', 'look-first'),
  'server.attempt-tombstoned': kept('untouched', 'safe'),
  'server.rail-unavailable': kept('untouched', 'useless'),
  'server.original-unknown': kept('untouched', 'useless'),
  'server.amount-beyond-original': kept('untouched', 'useless'),
  'server.callback-refused': kept('untouched', 'useless'),
  'server.too-many-requests': hereOnly('safe'),
  'server.internal': hereOnly('safe'),
  'server.unavailable': hereOnly('safe'),
  // What a flow could not do: FlowError codes.
  'flow.server-unreachable': kept('untouched', 'safe'),
  'flow.code-unknown': kept('untouched', 'safe'),
  'flow.code-spent': kept('untouched', 'useless'),
  'flow.name-required': kept('untouched', 'safe'),
  'flow.pin-weak': kept('untouched', 'safe'),
  'flow.pin-format': kept('untouched', 'safe'),
  'flow.pin-mismatch': kept('untouched', 'safe'),
  'flow.pin-taken': kept('untouched', 'safe'),
  'flow.no-journal': kept('untouched', 'look-first'),
  'flow.not-writer': kept('untouched', 'safe'),
  'flow.not-enrolled': kept('untouched', 'useless'),
  'flow.invalid-entry': kept('untouched', 'look-first'),
  'flow.too-little': kept('untouched', 'safe'),
  'flow.page-not-loaded': kept('untouched', 'safe'),
  'flow.unexpected': kept('look', 'look-first'),
} as const satisfies Readonly<Record<string, Safety>>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorFamily = 'print' | 'storage' | 'server' | 'flow';

const FAMILIES: readonly ErrorFamily[] = ['flow', 'server', 'storage', 'print'];
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** The catalogued code for what a flow reported; codes nobody foresaw become `flow.unexpected`, never an empty page. */
export function errorCode(code: string, family?: ErrorFamily): ErrorCode {
  const order = family === undefined ? FAMILIES : [family, ...FAMILIES.filter((each) => each !== family)];
  const found = order.map((each) => `${each}.${code}`).find(isErrorCode);
  return found ?? 'flow.unexpected';
}

/** What it means, and what to do. Money, data and retry are said by `Safety`. */
export interface ErrorText {
  readonly title: string;
  readonly meaning: string;
  readonly action: string;
}
