import {
  type MmsProperty,
  mmsCancel,
  mmsProperty,
  mmsResume,
  mmsStart,
  mmsSubscribe,
} from '../../codecs/mms/commands.ts';
import { type MmsEnding, type MmsHappening, mmsHappening } from '../../codecs/mms/happenings.ts';
import { mmsTlv } from '../../codecs/mms/message.ts';
import { DialogueSession } from '../../dialogue/dialogue-session.ts';
import type { ReaderEvent } from '../../dialogue/events.ts';
import { upperHex } from '../../dialogue/hex.ts';
import { hostTags } from '../../dialogue/host-tags.ts';
import { shownText } from '../../dialogue/reader-health.ts';
import type { ReaderSettings } from '../../dialogue/reader-settings.ts';
import { chipMoney, timeoutSeconds } from '../../dialogue/transaction.ts';
import { DeviceError } from '../../errors.ts';
import type { HeldCard } from '../../kept/kept-reader.ts';
import type { CardMemory, CardRequest, HostResult, ReaderEntry } from '../../ports.ts';
import type { ReportLink } from '../../transports/transport.ts';
import { cardOf } from './card.ts';
import { eventOf } from './ending.ts';
import { MmsExchange } from './exchange.ts';
import { promptOf } from './screen.ts';

/** How long a cancelled transaction may take to say that it ended, ms. */
const CLOSE_MS = 1_500;

/** What outlives a link: the serial number that a card's answer is addressed with. */
export interface MmsMemory {
  serial: Uint8Array;
}

/** A reader of the MMS family on one link. */
export class MmsSession extends DialogueSession {
  readonly #exchange: MmsExchange;
  readonly #settings: ReaderSettings;
  readonly #memory: MmsMemory;
  readonly #introduced: Promise<void>;
  /** The reader is in a transaction. */
  #isOpen = false;
  /** The card in hand has asked its bank. */
  #hasAsked = false;
  #entry: ReaderEntry = 'chip';
  /** Told when a transaction that is being closed has ended; nobody else hears of it. */
  #closed: (() => void) | undefined;
  #closing: Promise<void> = Promise.resolve();

  constructor(link: ReportLink, settings: ReaderSettings, memory: MmsMemory) {
    super(link, { maker: 'MagTek', entries: ['chip', 'contactless', 'swipe'], timers: settings.timers });
    this.#settings = settings;
    this.#memory = memory;
    this.#exchange = new MmsExchange(link, settings.timers, (message) => {
      const source = message.detail?.[0] ?? 0;
      this.#happened(mmsHappening(message), source);
    });
    this.#introduced = this.#introduce();
  }

  /**
   * The family has no question about a transaction: the answer is tried once more, and a reader that has lost the card
   * refuses it.
   */
  async recall({ card }: HeldCard): Promise<CardMemory> {
    if (card.layout !== 'mms-f8' || this.#memory.serial.length === 0 || this.dialogue.isBusy)
      return { kind: 'none' };
    this.#isOpen = true;
    this.#hasAsked = true;
    this.#entry = 'chip';
    this.dialogue.adopt('chip');
    return { kind: 'waiting' };
  }

  async #introduce(): Promise<void> {
    await this.#exchange.request(mmsSubscribe()).catch(() => undefined);
    const serial = (await this.#property('serial'))?.slice(0, 4);
    const firmware = await this.#property('firmware');
    const tamper = await this.#property('tamper');
    const text = shownText(firmware ?? new Uint8Array());
    this.known.learn({
      // Seven digits; the half byte at the end is filler.
      ...(serial === undefined ? {} : { serial: upperHex(serial).slice(0, 7) }),
      ...(text === '' ? {} : { firmware: text }),
      ...(tamper?.some((byte) => byte !== 0) ? { refused: 'tampered' } : {}),
    });
  }

  async #property(property: MmsProperty): Promise<Uint8Array | undefined> {
    try {
      const { payload } = await this.#exchange.request(mmsProperty(property));
      let nodes = mmsTlv(
        mmsTlv(payload ?? new Uint8Array())?.find(({ tag }) => tag === 0x89)?.value ?? new Uint8Array(),
      );
      while (nodes?.[0]?.constructed && nodes[0].children.length > 0) nodes = nodes[0].children;
      const leaf = nodes?.[0];
      return leaf === undefined || leaf.length === 0 ? undefined : Uint8Array.from(leaf.value);
    } catch {
      return undefined;
    }
  }

  protected async ask(request: CardRequest, entries: readonly ReaderEntry[]): Promise<void> {
    await this.#introduced;
    await this.#closing;
    if (this.#isOpen) await this.#close();
    const start = mmsStart({
      ...chipMoney(request),
      timeoutS: timeoutSeconds(request.timeoutMs),
      swipe: entries.includes('swipe'),
      chip: entries.includes('chip'),
      contactless: entries.includes('contactless'),
    });
    this.#hasAsked = false;
    try {
      await this.#exchange.request(start);
    } catch (cause) {
      const code = cause instanceof DeviceError ? cause.code : 'protocol';
      // It may have begun, and only its answer is lost: nobody may present a card to it any more.
      if (code === 'timeout') this.#closing = this.#close();
      if (code !== 'refused') throw cause;
      // It is still busy with a transaction from before the page was loaded.
      await this.#close();
      await this.#exchange.request(start);
    }
    this.#isOpen = true;
  }

  protected async stop(): Promise<void> {
    await this.#exchange.request(mmsCancel());
    if (!this.#isOpen) this.#tell({ type: 'ended', reason: 'cancelled' });
  }

  /** Ends what runs in the reader, unheard. */
  async #close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      const stop = this.#settings.timers.after(CLOSE_MS, resolve);
      this.#closed = () => {
        stop();
        resolve();
      };
    });
    const wasTaken = await this.#exchange.request(mmsCancel()).then(
      () => true,
      () => false,
    );
    if (wasTaken) await ended;
    else this.#closed?.();
    this.#closed = undefined;
    this.#isOpen = false;
  }

  protected async answer(result: HostResult): Promise<void> {
    if (!this.#isOpen) return this.#tell({ type: 'ended', reason: 'no-card' });
    try {
      await this.#exchange.request(mmsResume(this.#memory.serial, hostTags(result)));
    } catch (cause) {
      // It may still be in its transaction: the next one begins by ending it.
      if (this.#entry === 'chip') throw cause;
      this.#tell({ type: 'final', final: { kind: 'accepted' } });
    }
  }

  #happened(happening: MmsHappening, source: number): void {
    switch (happening.kind) {
      case 'card':
        return this.#card(happening.what);
      case 'request':
        return this.#read(happening.payload, source);
      case 'ended':
        return this.#ended(happening.how);
      case 'screen': {
        const prompt = promptOf(happening.text);
        return prompt === undefined ? undefined : this.#tell({ type: 'prompt', prompt });
      }
      case 'restarted':
        this.#isOpen = false;
        return this.#tell({ type: 'ended', reason: 'restarted' });
      default:
        return undefined;
    }
  }

  #card(what: 'swiped' | 'inserted' | 'removed' | 'tapped' | 'collision'): void {
    if (what === 'collision') return this.#tell({ type: 'prompt', prompt: 'try-again' });
    if (what === 'removed') return this.dialogue.tell({ type: 'removed' });
    const entry = ({ swiped: 'swipe', inserted: 'chip', tapped: 'contactless' } as const)[what];
    if (entry === 'chip') return this.dialogue.tell({ type: 'seen', entry });
    return this.#tell({ type: 'seen', entry });
  }

  #read(payload: Uint8Array, source: number): void {
    if (this.#closed !== undefined) return;
    const read = cardOf(payload, source);
    if (read.kind === 'unfit') return this.#refuse(read.reason);
    if (read.kind === 'unreadable') return this.#tell({ type: 'unfit', reason: 'protocol' });
    const { card, serial, serviceCode, keyId } = read;
    this.#memory.serial = serial;
    this.#entry = card.entry === 'chip' || card.entry === 'contactless' ? card.entry : 'swipe';
    this.#hasAsked = true;
    this.known.learn({ keyId });
    this.#tell({ type: 'read', card, ...(serviceCode === undefined ? {} : { serviceCode }) });
  }

  #refuse(reason: 'not-encrypted' | 'no-key'): void {
    this.known.learn({ refused: reason });
    this.#tell({ type: 'unfit', reason });
  }

  #ended(how: MmsEnding): void {
    this.#isOpen = false;
    this.#closed?.();
    this.#tell(eventOf(how, this.#hasAsked));
  }

  /** What happens while an old transaction is being closed is nobody's. */
  #tell(event: ReaderEvent): void {
    if (this.#closed === undefined) this.dialogue.tell(event);
  }
}
