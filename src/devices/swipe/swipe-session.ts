import type { CardData } from '../../domain/card-data.ts';
import { hex } from '../../domain/ids.ts';
import { asksForChip, type Swipe, type SwipeReading } from '../codecs/msr/swipe.ts';
import { DialogueSession } from '../dialogue/dialogue-session.ts';
import type { DeviceHealth } from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { Report, ReportLink } from '../transports/transport.ts';

/** What the outside gives to a swipe reader. */
export interface SwipeSettings {
  readonly timers: Timers;
}

/** What differs between makers. */
export interface SwipeReader {
  readonly maker: string;
  /** What a report comes to; undefined when it is about no card. The report is wiped afterwards. */
  read(report: Report): SwipeReading | undefined;
  /** Asks the reader about itself. Nothing waits for it; it may reject. Absent: such a reader answers no questions. */
  ask?(link: ReportLink): Promise<DeviceHealth>;
}

/** How long the browser may take to tell that the reader was pulled out, ms: only a reader that is still there ends well. */
const NOTICE_MS = 50;
/** Digits of a key serial number that name the key set, before those that name the reader. */
const KEY_ID_DIGITS = 10;

/**
 * An encrypting swipe reader on one open link: no slot for a chip, no PIN pad, no field for a tap, and nothing to be told of
 * what the host says. What is wrong with it is told whenever it is seen; a card that nobody has asked for is forgotten.
 */
export class SwipeSession extends DialogueSession {
  readonly #link: ReportLink;
  readonly #reader: SwipeReader;
  readonly #timers: Timers;

  constructor(link: ReportLink, reader: SwipeReader, { timers }: SwipeSettings) {
    super(link, { maker: reader.maker, entries: ['swipe'], timers });
    this.#link = link;
    this.#reader = reader;
    this.#timers = timers;
    void this.#listen();
    reader.ask?.(link).then(
      (health) => this.known.learn(health),
      () => undefined, // It only says less about itself: every swipe is checked anyway.
    );
  }

  /** It always waits for a card. */
  protected async ask(): Promise<void> {}

  protected async stop(): Promise<void> {
    this.dialogue.tell({ type: 'ended', reason: 'cancelled' });
  }

  protected async answer(): Promise<void> {
    this.#timers.after(NOTICE_MS, () => this.dialogue.tell({ type: 'final', final: { kind: 'accepted' } }));
  }

  async #listen(): Promise<void> {
    const incoming = this.#link.incoming.getReader();
    for (;;) {
      const { value } = await incoming.read().catch(() => ({ value: undefined }));
      if (value === undefined) return;
      const reading = this.#reader.read(value);
      value.data.fill(0);
      if (reading !== undefined) this.#hear(reading);
    }
  }

  #hear(reading: SwipeReading): void {
    if (reading.kind === 'unreadable') return this.dialogue.tell({ type: 'prompt', prompt: 'try-again' });
    if (reading.kind === 'refused') {
      const { reason } = reading;
      if (reason !== 'unsupported') this.known.learn({ refused: reason });
      return this.dialogue.tell({ type: 'unfit', reason });
    }
    const { swipe } = reading;
    const ksn = hex(swipe.ksn).toUpperCase();
    this.known.mended();
    this.known.learn({
      keyId: ksn.slice(0, KEY_ID_DIGITS),
      ...(swipe.serial === '' ? {} : { serial: swipe.serial }),
    });
    // This reader has no slot: the card belongs into one that has.
    if (asksForChip(swipe)) return this.dialogue.tell({ type: 'unfit', reason: 'chip-first' });
    this.dialogue.tell({ type: 'read', card: cardOf(swipe, ksn) });
  }
}

const cardOf = (swipe: Swipe, ksn: string): CardData => ({
  entry: 'swipe',
  scheme: 'dukpt-tdes',
  ksn,
  layout: swipe.layout,
  track: hex(swipe.track).toUpperCase(),
  ...(swipe.masked === undefined ? {} : { masked: swipe.masked }),
});
