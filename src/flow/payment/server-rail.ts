import type { AttemptAnswer, Refusal } from '../../contract/api.ts';
import { type Attempt, REFUND_ACCEPTED } from '../../domain/attempt.ts';
import type { RailTimingsData } from '../../domain/rails.ts';
import { undoOf } from './attempt-facts.ts';
import type { AttemptNetwork, CallLimits, NetworkAnswer } from './attempt-network.ts';
import { lateRefundOf } from './late-refund.ts';
import type { Rail, RailAnswer, RailLink, Sending } from './rail.ts';

export interface ServerRailPorts {
  readonly network: AttemptNetwork;
  readonly link: RailLink;
  /** As the server offers them, or `timingsOf`. */
  readonly timings: RailTimingsData;
  /** What the customer reads in the wallet. */
  subject(attempt: Attempt): string;
}

/**
 * Refusals by which the server says that it stored nothing and asked nobody, and never will for this request. Every other one
 * (a conflict, a server in trouble, a token that was not taken) leaves open what an earlier copy of the request has done.
 */
const NOTHING_WAS_SENT: readonly Refusal[] = [
  'rail-unavailable',
  'original-unknown',
  'amount-beyond-original',
  'malformed-json',
  'malformed-body',
  'too-large',
  'unsupported-contract',
  'training-entry',
  'attempt-tombstoned',
];

/** Wallet codes of both kinds, and stored value: the shop's server does the talking, the till asks and shows. */
export function serverRail(attempt: Attempt, ports: ServerRailPorts): Rail {
  const { network, link, timings, subject } = ports;
  const limits: CallLimits = { answerMs: timings.answerMs };
  // A pay code that was taken and is not paid waits for the customer's password, whatever else is said.
  const heard = (answer: RailAnswer): RailAnswer =>
    answer.kind === 'waiting' && answer.show === undefined && attempt.method === 'customer-code'
      ? { ...answer, show: { for: 'customer-password' } }
      : answer;
  return {
    timings,
    undo: undoOf(attempt),
    link,
    waits: { for: 'answer' },
    send: async (_, sending) => {
      if (!link.online()) return { kind: 'declined', reason: 'offline' };
      // A card cannot be charged without a card: the reader went while the attempt began.
      if (attempt.method === 'reader' && sending.secret.card === undefined && attempt.original === undefined)
        return { kind: 'declined', reason: 'no-device' };
      const request = requestOf(attempt, sending, subject);
      return heard(charged(await network.attempt(request, { ...limits, signal: sending.signal })));
    },
    inquire: async () => heard(asked(await network.query(attempt, limits))),
    reverse: async (_, reason) => undone(await network.reverse(attempt, reason, limits)),
    refund: async () =>
      paidBack(await network.attempt({ attempt: lateRefundOf(attempt), subject: subject(attempt) }, limits)),
  };
}

function requestOf(attempt: Attempt, { secret }: Sending, subject: ServerRailPorts['subject']) {
  const { code, card } = secret;
  return {
    attempt,
    subject: subject(attempt),
    ...(code === undefined ? {} : { code }),
    ...(card === undefined ? {} : { card }),
  };
}

/** The answer to a charge. */
export function charged(answer: NetworkAnswer): RailAnswer {
  if (answer.kind !== 'refused') return asked(answer);
  const { code } = answer.problem;
  return { kind: NOTHING_WAS_SENT.includes(code) ? 'declined' : 'no-answer', reason: code };
}

/** The answer to a question. A refusal of the question says nothing of the money. */
export function asked(answer: NetworkAnswer): RailAnswer {
  if (answer.kind === 'unreachable') return { kind: 'no-answer', reason: 'unreachable' };
  if (answer.kind === 'refused') return { kind: 'no-answer', reason: answer.problem.code };
  return told(answer.value);
}

function told(answer: AttemptAnswer): RailAnswer {
  const { state, reason, approval, code } = answer;
  const because = reason === undefined ? {} : { reason };
  switch (state) {
    case 'approved':
      return { kind: 'approved', ...because, ...(approval === undefined ? {} : { approval }) };
    case 'declined':
      return { kind: 'declined', reason: reason ?? 'declined' };
    case 'waiting':
      if (reason === REFUND_ACCEPTED) return { kind: 'accepted', reason };
      return { kind: 'waiting', ...because, ...(code === undefined ? {} : { show: scan(code) }) };
    case 'reversed':
      return { kind: 'reversed', ...because };
    case 'not-found':
      return { kind: 'not-found' };
    case 'unknown':
      return { kind: 'no-answer', reason: reason ?? 'unknown' };
    default:
      return state satisfies never;
  }
}

const scan = ({ text, expiresAt }: { readonly text: string; readonly expiresAt: number }) =>
  ({ for: 'customer-scan', code: text, expiresAt }) as const;

/** The answer to an undo. Only the server's tombstone makes 'never booked' certain, so 'not found' is no answer. */
export function undone(answer: NetworkAnswer): RailAnswer {
  const known = asked(answer);
  return known.kind === 'not-found' || known.kind === 'waiting'
    ? { kind: 'no-answer', reason: known.kind }
    : known;
}

/** The answer to a refund under its own number. */
export function paidBack(answer: NetworkAnswer): RailAnswer {
  const known = charged(answer);
  return known.kind === 'approved' ? { kind: 'refunded' } : known;
}
