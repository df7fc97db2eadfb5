import { type AttemptMoved, purposeOf } from '../../domain/attempt.ts';
import type { Entry, SignedEntry } from '../../domain/entry.ts';
import { due } from '../../domain/sale.ts';
import { changeDue } from '../../domain/tender.ts';
import type { BooksSpeaker } from '../../i18n/books-words.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';

/** One entry of the journal in words. `tone` is said in words too: colour is never the only sign. */
export interface Moment {
  readonly at: number;
  readonly title: string;
  /** What else is known of it, each a piece of its own. */
  readonly details: readonly string[];
  readonly tone: 'plain' | 'good' | 'warn' | 'bad';
}

const TONES: Readonly<Partial<Record<Entry['type'], Moment['tone']>>> = {
  'sale.completed': 'good',
  'attempt.approved': 'good',
  'attempt.declined': 'bad',
  'attempt.unknown': 'warn',
  'attempt.inquiring': 'warn',
  'attempt.not-found': 'warn',
  'attempt.reversing': 'warn',
  'attempt.approved-late': 'warn',
  'attempt.refund-due': 'warn',
  'attempt.stuck': 'bad',
  'receipt.unconfirmed': 'warn',
};

/** Purposes whose money goes the other way: what is `received` of them has been given back. */
const BACK = ['refund', 'void', 'authorisation-cancel', 'completion-cancel'];
/** Characters of a transaction number that are enough to find it by. */
const CHANNEL_END = 8;

export interface TimelineSpeakers {
  readonly books: BooksSpeaker;
  readonly payments: PaymentSpeaker;
}

/** What an entry says, for whoever wants to know what became of a sale. */
export function momentOf({ entry }: SignedEntry, speakers: TimelineSpeakers): Moment {
  return {
    at: entry.at,
    title: titleOf(entry, speakers.books),
    details: detailsOf(entry, speakers).filter((each) => each !== ''),
    tone: isBegun(entry) ? 'plain' : (TONES[entry.type] ?? 'plain'),
  };
}

/** The name of a kind of entry; its code where a newer till wrote it. */
export const entryName = (type: Entry['type'], { known }: BooksSpeaker): string =>
  known(`entry.${type}`) ?? type;

/** Written before the first byte leaves, when nothing can be known yet, and nothing is wrong. */
const isBegun = (entry: Entry): boolean =>
  entry.type === 'receipt.unconfirmed' && entry.body.reason === 'sending';

function titleOf(entry: Entry, books: BooksSpeaker): string {
  if (entry.type === 'receipt.printed' && entry.body.duplicate) return books.t('entry.receipt.duplicate');
  if (isBegun(entry)) return books.t('entry.receipt.sending');
  if ('attempt' in entry.body && BACK.includes(purposeOf(entry.body.attempt))) {
    const back = books.known(`entry.back.${entry.type.slice('attempt.'.length)}`);
    if (back !== undefined) return back;
  }
  return entryName(entry.type, books);
}

function detailsOf(entry: Entry, { books, payments }: TimelineSpeakers): readonly string[] {
  const { money, t, article } = books.of;
  switch (entry.type) {
    case 'sale.opened':
      return [books.t('timeline.sale', { amount: money(due(entry.body), entry.body.currency) })];
    case 'sale.completed':
      return [money(due(entry.body), entry.body.currency)];
    case 'sale.voided':
    case 'refund.voided':
      return [reasonWords(entry.body.reason, books, payments)];
    case 'refund.opened':
    case 'refund.completed': {
      const { amount, currency, reason, grantedBy } = entry.body;
      return [
        books.t('timeline.refund', { amount: money(amount, currency) }),
        reason ?? '',
        grantedBy === undefined ? '' : books.t('timeline.granted', { name: grantedBy }),
      ];
    }
    case 'tip.added': {
      const { payment, currency } = entry.body;
      return [
        books.t('timeline.tip', { amount: money(payment.amount, currency) }),
        t(`tender.${payment.tender}`),
      ];
    }
    case 'override.granted':
      return [books.t('timeline.granted', { name: entry.body.grantedBy })];
    case 'receipt.unconfirmed':
      return entry.body.reason === undefined || entry.body.reason === 'sending'
        ? []
        : [article(entry.body.reason, 'print').title];
    default:
      return 'attempt' in entry.body ? attemptDetails(entry.body, entry.type, { books, payments }) : [];
  }
}

function attemptDetails(
  { attempt, reason, approval, evidence }: AttemptMoved,
  type: Entry['type'],
  { books, payments }: TimelineSpeakers,
): readonly string[] {
  const { t, money } = books.of;
  const amount = money(attempt.amount, attempt.currency);
  // Said once, where the attempt begins, and where money moved; between them it is the same attempt.
  const says = type === 'attempt.prepared' || type === 'attempt.approved';
  const { tendered } = attempt;
  return [
    says ? books.t('timeline.paid', { tender: t(`tender.${attempt.tender}`), amount }) : '',
    type === 'attempt.approved' && tendered !== undefined && tendered > attempt.amount
      ? books.t('timeline.change', {
          given: money(tendered, attempt.currency),
          change: money(changeDue(attempt.amount, tendered), attempt.currency),
        })
      : '',
    says && attempt.account !== undefined ? attempt.account : '',
    reason === undefined ? '' : reasonWords(reason, books, payments),
    approval?.channelId === undefined
      ? ''
      : books.t('timeline.channel', { end: approval.channelId.slice(-CHANNEL_END) }),
    approval?.offline === true ? books.t('timeline.offline') : '',
    evidence === undefined ? '' : books.t('timeline.evidence', { text: evidence }),
  ];
}

const knownReason = (reason: string, books: BooksSpeaker): string | undefined =>
  books.known(`timeline.reason.${reason}`) ?? books.known(`entry.attempt.${reason}`);

/** What was last heard of an attempt under way, in words: it is no refusal. A code that nobody knows stays as it is. */
export const heardWords = (reason: string, books: BooksSpeaker): string =>
  knownReason(reason, books) ?? reason;

/** Why it moved, in words; what nobody has words for yet is shown as it is, for whoever is asked about it. */
function reasonWords(reason: string, books: BooksSpeaker, payments: PaymentSpeaker): string {
  const known = knownReason(reason, books);
  if (known !== undefined) return known;
  const { kind, title } = payments.decline(reason);
  return kind === 'other' ? reason : title;
}
