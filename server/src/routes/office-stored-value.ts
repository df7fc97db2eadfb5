import {
  CURRENCY_EXPONENTS,
  type Currency,
  type Minor,
  MoneyError,
  minor,
  ZERO,
} from '../../../src/domain/money.ts';
import { readOwnForm } from '../access/own-form.ts';
import { ACCOUNT_CHANGES, type AccountChange } from '../acquirers/stored-value/accounts.ts';
import type { AppContext, AppDeps } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import { storedValueRefused } from '../pages/stored-value-section.ts';
import type { Visit } from './office-visit.ts';

/** POST /office/stored-value: issues an account, tops it up, closes it or opens it again. */
export async function changeStoredValue(c: AppContext, deps: AppDeps, visit: Visit): Promise<Response> {
  const { session, shop, language } = visit;
  const { merchant } = session;
  const change = changeOf(await readOwnForm(c, session), shop.currency);
  const end = change === 'amount' ? change : await deps.payments.storedValue.change(merchant, change);
  const kind = change === 'amount' ? undefined : change.kind;
  // No account in the log: it may be a person's name.
  deps.log.info('stored-value', { requestId: c.get('requestId'), merchant, kind, end });
  if (end !== 'done') return c.html(storedValueRefused(language, end), 422);
  return c.redirect(`/office?lang=${language}#stored-value`, 303);
}

function changeOf(form: URLSearchParams, currency: Currency): AccountChange | 'amount' {
  const kind = ACCOUNT_CHANGES.find((each) => each === form.get('do'));
  const reference = form.get('reference') ?? '';
  if (kind === undefined || !/^[0-9a-f]{32}$/.test(reference)) throw new RefusalError('malformed-body');
  const isMoney = kind === 'issue' || kind === 'top-up';
  const amount = isMoney ? amountOf(form.get('amount') ?? '', currency) : ZERO;
  if (amount === undefined) return 'amount';
  return { kind, reference, account: form.get('account') ?? '', amount, currency };
}

/** What a person typed as an amount, `1,000` or `12.5`; undefined when it is none, or has more digits than the currency. */
function amountOf(typed: string, currency: Currency): Minor | undefined {
  const exponent = CURRENCY_EXPONENTS[currency];
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replaceAll(/,(?=\d{3}(?!\d))/g, '');
  const [, whole = '', part = ''] = /^(\d{1,12})(?:\.(\d{0,3}))?$/.exec(plain) ?? [];
  if (whole === '' || part.length > exponent) return undefined;
  try {
    return minor(Number(whole) * 10 ** exponent + Number(part.padEnd(exponent, '0')));
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}
