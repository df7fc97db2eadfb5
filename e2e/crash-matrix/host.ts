import type { Outcome, PayOrder } from '../../server/src/acquirers/acquirer.ts';
import type { PaymentTerminal } from '../../src/devices/ports.ts';
import type { Booked, Channel } from '../storm/shop/channel.ts';
import { never } from '../storm/sim/never.ts';
import type { Time } from '../storm/sim/time.ts';
import type { Hardware } from '../storm/till/hardware.ts';
import type { Truth } from './cells.ts';

/** How long a host takes, and how late a late charge is booked, ms: inside every rail's window. */
const ANSWER_MS = 150;
const LATE_MS = 20_000;

const NO_ANSWER: Outcome = { state: 'unknown', reason: 'no-answer' };

export interface HostScript {
  readonly truth: Truth;
  /** It acts and answers nothing but undo requests: so that there is something to undo. */
  readonly isMute: boolean;
}

/** From now on the channel treats every charge so. Its books, its undoing and its refunds stay its own. */
export function scriptChannel(channel: Channel, time: Time, { truth, isMute }: HostScript): void {
  channel.isCalm = true;
  const honest = Object.getPrototypeOf(channel) as Channel;
  channel.pay = async (order) => {
    await time.wait(ANSWER_MS);
    const outcome = charge(channel, time, order, truth);
    await time.wait(ANSWER_MS);
    return isMute ? never() : outcome;
  };
  channel.query = (order) => (isMute ? Promise.resolve(NO_ANSWER) : honest.query.call(channel, order));
}

function charge(channel: Channel, time: Time, { reference, amount }: PayOrder, truth: Truth): Outcome {
  if (channel.books.has(reference)) return { state: 'declined', reason: 'order-closed' };
  const booked: Booked = { amount, state: 'waiting', refunds: new Map(), kind: 'payment' };
  switch (truth) {
    case 'approved':
      booked.state = 'paid';
      channel.books.set(reference, booked);
      return { state: 'approved', approval: { channelId: `c-${reference}` } };
    case 'declined':
      booked.state = 'declined';
      channel.books.set(reference, booked);
      return { state: 'declined', reason: 'notenough' };
    case 'approved-late':
      time.after(LATE_MS, () => {
        if (channel.books.has(reference)) return;
        booked.state = 'paid';
        channel.books.set(reference, booked);
      });
      return NO_ANSWER;
    default:
      return NO_ANSWER;
  }
}

/** The next order at the terminal goes so. */
export function scriptTerminal({ terminal }: Hardware, truth: Truth): void {
  if (truth === 'declined') terminal.plan({ as: 'decline' });
  else if (truth === 'never-arrived') terminal.plan({ as: 'lose-answer', truth: 'not-found' });
  else if (truth === 'approved-late') terminal.plan({ as: 'lose-answer', truth: 'approved' });
}

/** The terminal's port with the crash points that lie behind its host: it has acted, and its undo was done. */
export function withPointsBehind(
  port: PaymentTerminal,
  reach: (point: 'K6' | 'K16') => boolean,
): PaymentTerminal {
  return {
    get link() {
      return port.link;
    },
    storesOffline: port.storesOffline,
    subscribe: (listener) => port.subscribe(listener),
    pay: async (order, signal) => {
      const answer = await port.pay(order, signal);
      return reach('K6') ? answer : never();
    },
    inquire: (reference) => port.inquire(reference),
    reverse: async (reference) => {
      const answer = await port.reverse(reference);
      return reach('K16') ? answer : never();
    },
  };
}
