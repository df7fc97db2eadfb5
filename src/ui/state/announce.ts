import type { Currency } from '../../domain/money.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';
import type { Translator } from '../../i18n/translator.ts';

/** What a screen reader says when the sale moves: what was added, what is due, what to give back. Empty: nothing new. */
export function announcement(
  before: CheckoutState,
  now: CheckoutState,
  currency: Currency,
  { t, money }: Translator,
): string {
  if (now.at === 'editing') {
    if (before.at !== 'editing' || now.lines === before.lines) return '';
    const added = now.lines.length > before.lines.length ? now.lines.at(-1) : undefined;
    const total = money(now.total, currency);
    if (added !== undefined) return t('say.added', { amount: money(added.amount, currency), total });
    return now.lines.length < before.lines.length ? t('say.removed', { total }) : '';
  }
  if (before.at === now.at) return '';
  switch (now.at) {
    case 'tendering':
      return t('say.due', { total: money(now.remaining, currency) });
    case 'done':
      return now.payments.some((payment) => payment.tender === 'cash')
        ? t('say.paid', { total: money(now.total, currency), change: money(now.change, currency) })
        : t('say.paid-plain', { total: money(now.total, currency) });
    case 'asking': // Other tenders have their question in the heading, which takes the focus.
      return now.attempt.tender !== 'cash'
        ? ''
        : t('say.asking', { total: money(now.attempt.amount, currency) });
    case 'unsaved':
      return t('say.unsaved', { total: money(now.attempt.amount, currency) });
    default:
      return '';
  }
}
