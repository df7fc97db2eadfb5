import type { CardFinal, CardReader, HostResult } from '../../devices/ports.ts';
import type { Attempt } from '../../domain/attempt.ts';
import { purposeOf } from '../../domain/attempt.ts';
import type { CardData } from '../../domain/card-data.ts';
import type { Timer } from '../ports.ts';
import type { NetworkAnswer } from './attempt-network.ts';
import type { Rail, RailAnswer, Sending } from './rail.ts';
import { charged, type ServerRailPorts, serverRail } from './server-rail.ts';
import { within } from './within.ts';

/** How long a customer may take to find and present a card, and to type a PIN, ms. */
export const PRESENT_MS = 90_000;
/** How long a chip may think about what the host said, ms. */
export const CHIP_MS = 20_000;
/** How long a reader whose cable was pulled may take to come back before the money is undone, ms. */
export const RETURN_MS = 5_000;

export interface ReaderRailPorts extends ServerRailPorts {
  readonly reader: CardReader;
  readonly timer: Timer;
}

/**
 * A card on an encrypting reader. The reader hands over what only the acquirer can open, the host's word goes back to the
 * chip, and a chip that does not take an approval has the money undone at once. Questions and undoing are the server's.
 */
export function readerRail(attempt: Attempt, ports: ReaderRailPorts): Rail {
  const { timings, link, network, subject } = ports;
  const server = serverRail(attempt, ports);
  return {
    ...server,
    send: async (_, sending) => {
      // A tip is added to a payment that was made: the customer has his card back.
      if (purposeOf(attempt) === 'tip') return server.send(attempt, sending);
      if (!link.online()) return { kind: 'declined', reason: 'offline' };
      const { secret, signal } = sending;
      const given = secret.card ?? (await presented(attempt, ports, sending));
      if ('kind' in given) return given;
      if (signal.aborted) {
        // The card is inside and nobody was asked: the reader must not wait for an answer.
        if (secret.card === undefined) await letGo(ports);
        return { kind: 'declined', reason: 'cancelled' };
      }
      sending.sent();
      const answer = await network.attempt(
        { attempt, subject: subject(attempt), card: given },
        { answerMs: timings.answerMs, signal },
      );
      const heard = charged(answer);
      // A card that was read before is not in the reader any more: nobody is there to be told.
      return secret.card === undefined
        ? finished(heard, { attempt, card: given, answer, sending, ports })
        : heard;
    },
  };
}

/** Asks for a card. Until it is read nothing has left, so whatever goes wrong here is definite. */
async function presented(
  attempt: Attempt,
  { reader, timer }: ReaderRailPorts,
  { waiting, signal }: Sending,
): Promise<CardData | RailAnswer> {
  if (reader.link === 'absent') return { kind: 'declined', reason: 'no-device' };
  const { amount, currency } = attempt;
  const outcome = await within(
    timer,
    PRESENT_MS + CHIP_MS,
    reader.start(
      { amount, currency, purpose: purposeOf(attempt), timeoutMs: PRESENT_MS, orderKey: attempt.attemptId },
      (prompt) => waiting({ for: 'reader', prompt }),
      signal,
    ),
  );
  if (outcome?.kind === 'online-request') return outcome.card;
  const reason = outcome === undefined ? 'timeout' : outcome.kind;
  return { kind: 'declined', reason: outcome !== undefined && 'reason' in outcome ? outcome.reason : reason };
}

interface Finish {
  readonly attempt: Attempt;
  readonly card: CardData;
  readonly answer: NetworkAnswer;
  readonly sending: Sending;
  readonly ports: ReaderRailPorts;
}

/** Tells the chip what the host said, and hears what the chip makes of it. */
async function finished(heard: RailAnswer, finish: Finish): Promise<RailAnswer> {
  const { card, answer } = finish;
  const emv = answer.kind === 'ok' && answer.value.emv !== undefined ? { emv: answer.value.emv } : {};
  const result: HostResult = { approved: heard.kind === 'approved', ...emv };
  const told = await tell(result, finish);
  const isLost = result.approved && told?.kind === 'refused' && told.reason === 'lost';
  const final = isLost ? await recovered(result, finish) : told;
  if (heard.kind === 'approved') {
    if (final?.kind === 'accepted') return heard;
    const { approval } = heard;
    return { kind: 'must-reverse', reason: 'card-refused', ...(approval === undefined ? {} : { approval }) };
  }
  // The chip was told that nobody answered and has closed the payment: an approval that comes to light must not stand.
  return card.entry === 'chip' && heard.kind !== 'declined' && heard.kind !== 'reversed'
    ? { kind: 'must-reverse', reason: 'no-answer' }
    : heard;
}

const tell = (
  result: HostResult,
  { sending, ports: { reader, timer } }: Finish,
): Promise<CardFinal | undefined> =>
  within(
    timer,
    CHIP_MS,
    reader.resume(result, (prompt) => sending.waiting({ for: 'reader', prompt })),
  );

/**
 * The link went while the chip was told of an approval. A reader that comes back soon is asked what it knows; the answer is
 * tried once more where its card still waits. Undefined: nobody knows, and the money must be undone.
 */
async function recovered(result: HostResult, finish: Finish): Promise<CardFinal | undefined> {
  const { reader, timer } = finish.ports;
  if (reader.recover === undefined || !(await returned(finish.ports))) return undefined;
  const memory = await within(timer, CHIP_MS, reader.recover(finish.attempt.attemptId));
  if (memory?.kind === 'final') return memory.final;
  return memory?.kind === 'waiting' ? tell(result, finish) : undefined;
}

/** True as soon as the reader is there again. */
async function returned({ reader, timer }: ReaderRailPorts): Promise<boolean> {
  let stop: () => void = () => undefined;
  const back = new Promise<void>((resolve) => {
    const look = (): void => {
      if (reader.link === 'connected') resolve();
    };
    stop = reader.subscribe(look);
    look();
  });
  await within(timer, RETURN_MS, back);
  stop();
  return reader.link === 'connected';
}

const letGo = ({ reader, timer }: ReaderRailPorts): Promise<unknown> =>
  within(
    timer,
    CHIP_MS,
    reader.resume({ approved: false }, () => undefined),
  );
