import { createHash } from 'node:crypto';
import { type Minor, minor } from '../../../src/domain/money.ts';
import type { Answer, Behaviour } from '../behaviour.ts';
import type { Books } from '../books.ts';
import type { Rules } from '../rules.ts';
import { beijing, randomDigits, type SandboxWorld } from '../world.ts';
import { type Card, issuerAnswer, luhn, pinOf, readCard, readTags } from './card.ts';
import { pack } from './codec.ts';
import type { Call, Replies } from './replies.ts';
import { needsOriginal, readTrade, type TradeRequest } from './requests.ts';
import { type Terminal, timeFields } from './terminal.ts';
import { bookTrade, refuseTrade, type Trade, undoTrade } from './trades.ts';

/** What an account holds when somebody asks, fen. */
const BALANCE = 1_234_567;
const FORGED: readonly Answer[] = [
  'bad-signature',
  'no-signature',
  'wrong-amount',
  'wrong-order',
  'unknown-field',
];

export interface TradeDeskParts {
  readonly books: Books;
  readonly rules: Rules;
  readonly world: SandboxWorld;
  readonly replies: Replies;
  readonly issuerKey: Uint8Array;
  /** All terminals of the merchant: a refund may come from another one. */
  readonly terminals: ReadonlyMap<string, Terminal>;
}

type Field = readonly [number, string];

/** A request that was answered: the same bytes again get the same answer. */
interface Answered {
  readonly digest: string;
  readonly reply: (call: Call) => void;
}

/** Takes sales, voids, refunds, pre-authorisations, tips, balances and reversals of signed-in terminals. */
export class TradeDesk {
  readonly #parts: TradeDeskParts;
  readonly #answered = new Map<string, Answered>();
  #references = 0;

  constructor(parts: TradeDeskParts) {
    this.#parts = parts;
  }

  /** A financial request whose MAC is right. */
  trade(call: Call, terminal: Terminal): void {
    const { replies, rules } = this.#parts;
    const request = readTrade(call.message);
    if (request === undefined) return this.#refuse(call, '30');
    if (request.batch !== terminal.batch || !terminal.open) return this.#refuse(call, '77');
    const slot = `${request.batch}-${request.trace}`;
    const digest = digestOf(call);
    const id = `${terminal.id}-${slot}`;
    const before = this.#answered.get(id);
    if (before !== undefined) {
      if (before.digest === digest) before.reply(call);
      else this.#refuse(call, '94');
      return;
    }
    if (terminal.dead.has(slot)) return this.#refuse(call, '22');
    const { operation, amount } = request;
    const behaviour = rules.decide({ host: 'bank', operation, amount, order: id });
    const options = { how: behaviour.answer, delayMs: behaviour.delayMs };
    const trade = this.#newTrade(request, terminal, id, behaviour);
    if (behaviour.booking === 'never' && behaviour.decline === '') {
      const code = FORGED.includes(behaviour.answer) ? '00' : '96';
      replies.send(call, () => [...this.#stamp(trade), [39, code]], options);
      return;
    }
    const card = this.#card(request, terminal);
    const refused = behaviour.decline || (typeof card === 'string' ? card : this.#refusal(request, trade));
    this.#book(trade, refused);
    terminal.trades.set(slot, trade);
    const fields = (): Field[] =>
      this.#answer(call, trade, refused, typeof card === 'string' ? undefined : card);
    this.#answered.set(id, { digest, reply: (again) => replies.send(again, fields) });
    replies.send(
      call,
      behaviour.answer === 'system-error' ? () => [...this.#stamp(trade), [39, '96']] : fields,
      options,
    );
  }

  /** 0400: undoes the trade with the same trace, or makes sure that it never happens. */
  reverse(call: Call, terminal: Terminal): void {
    const { replies, rules } = this.#parts;
    const { fields } = call.message;
    const batch = (fields.get(60) ?? '').slice(2, 8);
    const slot = `${batch}-${fields.get(11) ?? ''}`;
    const amount = minor(Number(fields.get(4) ?? 0));
    if (!/^(98|A0|06)$/.test(fields.get(39) ?? '') || !/^\d{6}-\d{6}$/.test(slot))
      return this.#refuse(call, '30');
    const behaviour = rules.decide({
      host: 'bank',
      operation: 'reverse',
      amount,
      order: `${terminal.id}-${slot}`,
    });
    const ignored = behaviour.booking === 'never' && behaviour.decline === '';
    const code = behaviour.decline || (ignored ? '96' : this.#undo(terminal, slot, amount));
    const shown = behaviour.answer === 'system-error' ? '96' : code;
    const answer = (): Field[] => [...timeFields(this.#parts.world), [39, shown]];
    replies.send(call, answer, { how: behaviour.answer, delayMs: behaviour.delayMs });
  }

  #undo(terminal: Terminal, slot: string, amount: Minor): string {
    const { books, world } = this.#parts;
    const trade = terminal.trades.get(slot);
    if (trade === undefined) {
      terminal.dead.add(slot);
      return '25';
    }
    if (trade.amount !== amount) return '64';
    if (trade.state === 'declined' || trade.state === 'reversed') return '00';
    if (trade.behaviour.reverseRefused) return '21';
    if (trade.retriesLeft > 0) {
      trade.retriesLeft -= 1;
      return '96';
    }
    const { booking, delayMs } = trade.behaviour;
    if (trade.state === 'pending' && booking === 'at-reverse') bookTrade(trade, books, world.clock.now());
    const code = undoTrade(trade, world.clock.now());
    if (booking === 'after-reverse')
      world.timer.after(delayMs, () => bookTrade(trade, books, world.clock.now()));
    return code === '' ? '00' : code;
  }

  #newTrade(request: TradeRequest, terminal: Terminal, id: string, behaviour: Behaviour): Trade {
    const { world } = this.#parts;
    const { month, day, hour } = beijing(world.clock.now());
    this.#references = (this.#references % 999_999) + 1;
    return {
      id,
      terminal: terminal.id,
      batch: request.batch,
      trace: request.trace,
      kind: request.kind,
      amount: request.amount,
      reference: `${month}${day}${hour}${String(this.#references).padStart(6, '0')}`,
      authCode: randomDigits(world, 6),
      date: `${month}${day}`,
      behaviour,
      state: 'pending',
      original: needsOriginal(request.kind) ? this.#original(request, terminal) : undefined,
      book: undefined,
      tip: minor(0),
      retriesLeft: behaviour.reverseRetries,
    };
  }

  /** The trade that field 61 names, if 37 or 38 agrees and it may be used from here. */
  #original(request: TradeRequest, terminal: Terminal): Trade | undefined {
    const { fields } = request.message;
    const [batch, trace, date] = splitOriginal(fields.get(61) ?? '');
    const places = request.kind === 'refund' ? [...this.#parts.terminals.values()] : [terminal];
    const byAuthCode = request.kind === 'completion' || request.kind === 'authorisation-cancel';
    const anyBatch = byAuthCode || request.kind === 'refund';
    if (!anyBatch && batch !== terminal.batch) return undefined;
    return places
      .filter((place) => place.merchant === terminal.merchant)
      .map((place) => place.find(batch, trace))
      .find((trade) => {
        if (trade === undefined || (date !== '' && date !== trade.date)) return false;
        return byAuthCode ? trade.authCode === fields.get(38) : trade.reference === fields.get(37);
      });
  }

  #refusal(request: TradeRequest, trade: Trade): string {
    if (request.kind === 'tip') {
      const tip = Number(request.message.fields.get(48) ?? Number.NaN);
      if (trade.original !== undefined && trade.original.amount + tip !== request.amount) return '13';
    }
    return refuseTrade(request.kind, request.amount, trade.original);
  }

  #book(trade: Trade, refused: string): void {
    const { books, world } = this.#parts;
    const { booking, delayMs } = trade.behaviour;
    if (refused !== '') trade.state = 'declined';
    else if (booking === 'now' || booking === 'waiting') bookTrade(trade, books, world.clock.now());
    else if (booking === 'late') {
      world.timer.after(delayMs, () => {
        if (trade.state === 'pending') bookTrade(trade, books, world.clock.now());
      });
    }
  }

  /** The card of the request, or the code that refuses it. */
  #card(request: TradeRequest, terminal: Terminal): Card | string | undefined {
    const { fields } = request.message;
    const keys = terminal.keys;
    const tags = readTags(fields.get(55) ?? '');
    if (keys === undefined || tags === undefined) return '30';
    const card = readCard(fields, keys.data, tags);
    if (card === 'bad') return '30';
    if (card === undefined) return request.needsCard ? '30' : undefined;
    if (!luhn(card.pan)) return '14';
    const { year, month } = beijing(this.#parts.world.clock.now());
    if (card.expiry !== '' && card.expiry < `${year.slice(2)}${month}`) return '54';
    const entry = fields.get(22) ?? '';
    if (entry.startsWith('02') && /^[26]/.test(card.service)) return '45';
    if (request.needsCard && /^0[57]/.test(entry)) {
      if (!['9F26', '9F36', '9F02'].every((tag) => tags.has(tag))) return '30';
      if (request.kind !== 'balance' && Number(tags.get('9F02')) !== request.amount) return '13';
    }
    const block = fields.get(52);
    if (block === undefined) return card;
    const pin = pinOf(block, keys.pin, card.pan);
    if (pin === undefined) return '99';
    return pin === '000000' ? '55' : pin === '999999' ? '75' : card;
  }

  #refuse(call: Call, code: string): void {
    this.#parts.replies.send(call, () => [...timeFields(this.#parts.world), [39, code]]);
  }

  #stamp(trade: Trade): Field[] {
    return [...timeFields(this.#parts.world), [32, '48020000'], [37, trade.reference]];
  }

  #answer(call: Call, trade: Trade, refused: string, card: Card | undefined): Field[] {
    const code = { booked: '00', pending: '68', declined: refused, reversed: '22' }[trade.state];
    const fields: Field[] = [...this.#stamp(trade), [39, code]];
    const tags = readTags(call.message.fields.get(55) ?? '');
    const chip = tags && issuerAnswer(tags, code, this.#parts.issuerKey, trade.behaviour.scripts);
    if (chip !== undefined) fields.push([55, chip]);
    if (code !== '00') return fields;
    if (trade.kind === 'balance') fields.push([54, `1002156C${String(BALANCE).padStart(12, '0')}`]);
    else fields.push([38, trade.authCode]);
    fields.push([44, `${'01020000'.padEnd(11)}${'48020000'.padEnd(11)}`], [63, card?.brand ?? 'CUP']);
    return fields;
  }
}

function splitOriginal(field: string): [batch: string, trace: string, date: string] {
  return [field.slice(0, 6), field.slice(6, 12), field.slice(12, 16)];
}

/** Same request, same digest: everything before the MAC. */
function digestOf({ message }: Call): string {
  const fields = new Map([...message.fields].filter(([field]) => field !== 64));
  // Track bytes read from the wire include the pad nibble; only the comparison matters here.
  fields.delete(35);
  const track = message.fields.get(35) ?? '';
  return createHash('sha256')
    .update(pack({ mti: message.mti, fields }))
    .update(track)
    .digest('hex');
}
