import type { Clock } from '../../../domain/clock.ts';
import {
  NEO2_STATUS,
  neo2Activate,
  neo2Command,
  neo2KeySlot,
  readKeySlot,
} from '../../codecs/neo2/commands.ts';
import type { Neo2Frame } from '../../codecs/neo2/frame.ts';
import { DialogueSession } from '../../dialogue/dialogue-session.ts';
import { hostTags } from '../../dialogue/host-tags.ts';
import { shownText } from '../../dialogue/reader-health.ts';
import type { ReaderSettings } from '../../dialogue/reader-settings.ts';
import { chipMoney, timeoutSeconds } from '../../dialogue/transaction.ts';
import type { HeldCard } from '../../kept/kept-reader.ts';
import type {
  CardMemory,
  CardPresented,
  CardRequest,
  HostResult,
  ReaderEntry,
  ReaderPrompt,
} from '../../ports.ts';
import type { Link } from '../../transports/transport.ts';
import { cardOf, objectOf, readBy } from './card.ts';
import { Neo2Exchange } from './exchange.ts';
import { chipCode } from './outcome.ts';

/** How long the reader keeps a chip for the next command, s. Longer than any host is waited for. */
const HOST_S = 96;
const AMOUNT = 0x9f02;
const CRYPTOGRAM = 0x9f26;

const ACTIVATE = 0x02;
const HOST_RESPONSE = 0x60;

/** A reader of the NEO2 family on one link, HID or serial. */
export class Neo2Session extends DialogueSession {
  readonly #exchange: Neo2Exchange;
  readonly #clock: Clock;
  readonly #introduced: Promise<void>;
  /** What the reader still owes an answer to. */
  #pending: 'activate' | 'host-response' | undefined;
  /** Packed digits of the amount that was asked for: an answer to an older command has another. */
  #amount = '';
  #entry: ReaderEntry = 'chip';
  /** The activate that runs, to be sent once more to a reader that was busy with one from before the page was loaded. */
  #again: Neo2Frame | undefined;

  constructor(link: Link, { timers, clock }: ReaderSettings) {
    super(link, { maker: 'ID TECH', entries: ['chip', 'contactless', 'swipe'], timers });
    this.#clock = clock;
    this.#exchange = new Neo2Exchange(link, timers, (frame) => this.#heard(frame));
    this.#introduced = this.#introduce();
  }

  override async start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented> {
    // A reader without a data key would send cards in clear: it is asked before anybody presents one.
    await this.#introduced;
    return super.start(request, prompt, signal);
  }

  /** Asks for the last result: it is the same transaction when it holds the same cryptogram, or one that followed from it. */
  async recall({ card }: HeldCard): Promise<CardMemory> {
    const none: CardMemory = { kind: 'none' };
    if (card.layout !== 'neo2-tag' || this.dialogue.isBusy) return none;
    try {
      const { data } = await this.#exchange.request(neo2Command('result'));
      const read = cardOf(data);
      const cryptogram = objectOf(data, CRYPTOGRAM);
      data.fill(0);
      if (read.kind !== 'card' || read.card.ksn !== card.ksn) return none;
      if (read.decision === 'approved') return { kind: 'final', final: { kind: 'accepted' } };
      if (read.decision === 'declined')
        return { kind: 'final', final: { kind: 'refused', reason: 'chip-refused' } };
      if (cryptogram === undefined || !card.emv?.includes(`9F2608${cryptogram}`)) return none;
      this.#entry = 'chip';
      this.dialogue.adopt('chip');
      return { kind: 'waiting' };
    } catch {
      return none;
    }
  }

  async #introduce(): Promise<void> {
    const firmware = await this.#exchange.request(neo2Command('firmware')).catch(() => undefined);
    const slot = await this.#exchange.request(neo2KeySlot()).catch(() => undefined);
    const text = shownText(firmware?.data ?? new Uint8Array());
    this.known.learn({
      ...(text === '' ? {} : { firmware: text }),
      // Older members do not know the question: what a card says is looked at in any case.
      ...(slot !== undefined && readKeySlot(slot.data) === 'absent' ? { refused: 'no-key' } : {}),
    });
  }

  protected async ask(request: CardRequest, entries: readonly ReaderEntry[]): Promise<void> {
    if (this.#pending !== undefined) await this.#cancel();
    const money = chipMoney(request);
    const { date, time } = localTime(this.#clock.now());
    this.#amount = String(money.amount).padStart(12, '0');
    this.#pending = 'activate';
    this.#again = neo2Activate({
      ...money,
      date,
      time,
      timeoutS: timeoutSeconds(request.timeoutMs),
      hostS: HOST_S,
      swipe: entries.includes('swipe'),
      chip: entries.includes('chip'),
      contactless: entries.includes('contactless'),
    });
    await this.#exchange.send(this.#again);
  }

  protected async stop(): Promise<void> {
    await this.#cancel();
    this.dialogue.tell({ type: 'ended', reason: 'cancelled' });
  }

  /** What the reader still says to the command before it is nobody's. */
  async #cancel(): Promise<void> {
    this.#pending = undefined;
    await this.#exchange.request(neo2Command('cancel'));
  }

  protected async answer(result: HostResult): Promise<void> {
    // A contactless card is gone, and a stripe is not asked.
    if (this.#entry !== 'chip') return this.dialogue.tell({ type: 'final', final: { kind: 'accepted' } });
    this.#pending = 'host-response';
    await this.#exchange.send(neo2Command('hostResponse', hostTags(result)));
  }

  #heard({ command, code, data }: Neo2Frame): void {
    if (code === NEO2_STATUS.pending) return;
    if (command === ACTIVATE && this.#pending === 'activate') this.#activated(code, data);
    else if (command === HOST_RESPONSE && this.#pending === 'host-response') this.#finished(code, data);
  }

  #activated(code: number, data: Uint8Array): void {
    if (code === NEO2_STATUS.ok || code === NEO2_STATUS.online) {
      const amount = objectOf(data, AMOUNT);
      // An answer to an older command: the one that was asked for is still to come.
      if (amount !== undefined && amount !== this.#amount) return;
      this.#pending = undefined;
      return this.#read(data, code);
    }
    const again = this.#again;
    this.#again = undefined;
    if (code === NEO2_STATUS.notAllowed && again !== undefined) return void this.#onceMore(again);
    this.#pending = undefined;
    if (code === NEO2_STATUS.timeout) return this.dialogue.tell({ type: 'ended', reason: 'timeout' });
    if (code === NEO2_STATUS.notAllowed) return this.dialogue.tell({ type: 'ended', reason: 'busy' });
    if (code !== NEO2_STATUS.failed) return this.dialogue.tell({ type: 'ended', reason: 'refused' });
    const by = readBy(data);
    if (by === 'contact') {
      return this.dialogue.tell({ type: 'chip-failed', isLast: chipCode(data) === 'use-stripe' });
    }
    if (by === 'contactless') return this.dialogue.tell({ type: 'use-other' });
    this.dialogue.tell({ type: 'ended', reason: 'reader-failed' });
  }

  async #onceMore(activate: Neo2Frame): Promise<void> {
    try {
      await this.#exchange.request(neo2Command('cancel'));
      if (this.#pending === 'activate') await this.#exchange.send(activate);
    } catch {
      this.dialogue.tell({ type: 'ended', reason: 'busy' });
    }
  }

  #read(data: Uint8Array, code: number): void {
    const read = cardOf(data);
    if (read.kind === 'unreadable') return this.dialogue.tell({ type: 'unfit', reason: 'protocol' });
    if (read.kind === 'unfit') {
      if (read.reason !== 'unsupported') this.known.learn({ refused: read.reason });
      return this.dialogue.tell({ type: 'unfit', reason: read.reason });
    }
    const { card, serviceCode, keyId, decision } = read;
    this.known.learn({ keyId });
    const isStripe = card.entry === 'swipe' || card.entry === 'fallback';
    this.#entry = isStripe ? 'swipe' : card.entry === 'chip' ? 'chip' : 'contactless';
    if (!isStripe && decision === 'declined')
      return this.dialogue.tell({ type: 'declined', reason: 'card-declined' });
    if (!isStripe && code === NEO2_STATUS.ok && decision === 'approved') {
      return this.dialogue.tell({ type: 'final', final: { kind: 'accepted' } });
    }
    this.dialogue.tell({ type: 'read', card, ...(serviceCode === undefined ? {} : { serviceCode }) });
  }

  #finished(code: number, data: Uint8Array): void {
    this.#pending = undefined;
    const read = code === NEO2_STATUS.ok && data.length > 0 ? cardOf(data) : undefined;
    const isRefused = code !== NEO2_STATUS.ok || (read?.kind === 'card' && read.decision === 'declined');
    this.dialogue.tell({ type: 'prompt', prompt: 'remove-card' });
    this.dialogue.tell({
      type: 'final',
      final: isRefused ? { kind: 'refused', reason: 'chip-refused' } : { kind: 'accepted' },
    });
  }
}

/** The till's own date and time, as packed digits. */
function localTime(now: number): { readonly date: string; readonly time: string } {
  const at = new Date(now);
  const two = (value: number): string => String(value % 100).padStart(2, '0');
  return {
    date: two(at.getFullYear()) + two(at.getMonth() + 1) + two(at.getDate()),
    time: two(at.getHours()) + two(at.getMinutes()) + two(at.getSeconds()),
  };
}
