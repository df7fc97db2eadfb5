import type { CardEntry } from '../../../domain/approval.ts';
import type { CardData } from '../../../domain/card-data.ts';
import type { Random } from '../../../domain/clock.ts';
import type {
  CardFinal,
  CardMemory,
  CardPresented,
  CardReader,
  CardRequest,
  HostResult,
  ReaderPrompt,
} from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import { finalTags, onlineTags, opaqueTrack, type TrackCipher } from './test-card.ts';

/** What a customer does with a card, and what goes wrong with it. */
export interface CardPlay {
  readonly entry: CardEntry;
  /**
   * `chip-declines`: before anything is sent. `chip-refuses`: after the host approved. `cut-…`: the cable, before or after the host
   * was asked. `hiccup-…`: the link is gone for a moment while the chip is told; the reader has a battery and forgets nothing.
   */
  readonly fault?:
    | 'chip-declines'
    | 'chip-refuses'
    | 'cut-before'
    | 'cut-after'
    | 'hiccup-waiting'
    | 'hiccup-final'
    | 'read-error-once';
  /** Asks for a PIN on the reader's own pad. */
  readonly pin?: boolean;
}

export interface SimulatedReaderOptions {
  readonly timers: Timers;
  readonly random: Random;
  /** A real ciphertext, where a test injects a key. Without it random bytes of the same shape. */
  readonly cipher?: TrackCipher;
  /** How long each step of the dialogue takes, ms. */
  readonly stepMs?: number;
}

/** Short enough to feel like a reader, long enough to be read. */
const STEP_MS = 400;

const FIRST_PROMPT: Readonly<Record<CardEntry, ReaderPrompt>> = {
  chip: 'insert-card',
  contactless: 'present-card',
  swipe: 'swipe-card',
  fallback: 'swipe-card',
};

type Dialogue = {
  readonly request: CardRequest;
  readonly prompt: (prompt: ReaderPrompt) => void;
  readonly end: (outcome: CardPresented) => void;
  readonly cancelTimeout: () => void;
  busy: boolean;
};

/** An encrypting reader without metal: it waits for `present`, as a real one waits for a customer. */
export class SimulatedReader implements CardReader {
  #link: 'connected' | 'absent' = 'connected';
  #dialogue: Dialogue | undefined;
  /** A card played before anybody asked for one, or by a script. */
  readonly #script: CardPlay[] = [];
  #inside: CardPlay | undefined;
  #orderKey: string | undefined;
  /** What it still knows after a hiccup of the link. */
  #held: { readonly orderKey: string; readonly play: CardPlay; readonly isFinal: boolean } | undefined;
  #lose: (() => void) | undefined;
  #counter = 0;
  readonly #listeners = new Set<() => void>();
  readonly #cipher: TrackCipher;
  readonly #options: SimulatedReaderOptions;

  constructor(options: SimulatedReaderOptions) {
    this.#options = options;
    this.#cipher = options.cipher ?? opaqueTrack(options.random);
  }

  get link(): 'connected' | 'absent' {
    return this.#link;
  }

  /** True while it waits for a card: training mode then offers cards to present. */
  get wantsCard(): boolean {
    return this.#dialogue !== undefined && !this.#dialogue.busy;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Presents a card now, or to whoever asks next. */
  present(play: CardPlay): void {
    const dialogue = this.#dialogue;
    if (dialogue === undefined || dialogue.busy) this.#script.push(play);
    else void this.#read(dialogue, play);
  }

  unplug(): void {
    this.#link = 'absent';
    this.#inside = undefined;
    this.#lose?.();
    this.#dialogue?.end({ kind: 'failed', reason: 'lost' });
    this.#tell();
  }

  plug(): void {
    this.#link = 'connected';
    this.#tell();
  }

  start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented> {
    if (this.#link === 'absent') return Promise.resolve({ kind: 'failed', reason: 'lost' });
    if (this.#dialogue !== undefined) return Promise.resolve({ kind: 'failed', reason: 'busy' });
    if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve) => {
      const stop = (): void => dialogue.end({ kind: 'cancelled' });
      const dialogue: Dialogue = {
        request,
        prompt,
        busy: false,
        cancelTimeout: this.#options.timers.after(request.timeoutMs, () =>
          dialogue.end({ kind: 'failed', reason: 'timeout' }),
        ),
        end: (outcome) => {
          if (this.#dialogue !== dialogue) return;
          this.#dialogue = undefined;
          dialogue.cancelTimeout();
          signal.removeEventListener('abort', stop);
          this.#tell();
          resolve(outcome);
        },
      };
      this.#dialogue = dialogue;
      signal.addEventListener('abort', stop, { once: true });
      prompt('present-card');
      this.#tell();
      const next = this.#script.shift();
      if (next !== undefined) void this.#read(dialogue, next);
    });
  }

  async resume(result: HostResult, prompt: (prompt: ReaderPrompt) => void): Promise<CardFinal> {
    const play = this.#inside;
    this.#inside = undefined;
    if (this.#link === 'absent' || play === undefined) return { kind: 'refused', reason: 'lost' };
    prompt('processing');
    const lost = new Promise<'lost'>((resolve) => {
      this.#lose = () => resolve('lost');
    });
    if (play.fault === 'cut-after') this.unplug();
    if (play.fault === 'hiccup-waiting' || play.fault === 'hiccup-final') this.#hiccup(play);
    if ((await Promise.race([this.#step(), lost])) === 'lost') return { kind: 'refused', reason: 'lost' };
    prompt('remove-card');
    if (play.entry !== 'chip') return { kind: 'accepted' };
    const accepted = result.approved && play.fault !== 'chip-refuses';
    if (result.approved && !accepted) return { kind: 'refused', reason: 'chip-refused' };
    return { kind: 'accepted', emv: finalTags(accepted, this.#options.random) };
  }

  async recover(orderKey: string): Promise<CardMemory> {
    const held = this.#held;
    if (this.#link === 'absent' || held === undefined || held.orderKey !== orderKey) return { kind: 'none' };
    this.#held = undefined;
    if (held.isFinal) return { kind: 'final', final: { kind: 'accepted' } };
    this.#inside = { entry: held.play.entry };
    return { kind: 'waiting' };
  }

  #hiccup(play: CardPlay): void {
    const orderKey = this.#orderKey;
    if (orderKey !== undefined) this.#held = { orderKey, play, isFinal: play.fault === 'hiccup-final' };
    this.unplug();
    this.#options.timers.after(this.#options.stepMs ?? STEP_MS, () => this.plug());
  }

  async #read(dialogue: Dialogue, play: CardPlay): Promise<void> {
    dialogue.busy = true;
    const prompts: readonly ReaderPrompt[] = [
      FIRST_PROMPT[play.entry],
      ...(play.fault === 'read-error-once' ? (['try-again'] as const) : []),
      ...(play.pin === true ? (['enter-pin'] as const) : []),
      'processing',
    ];
    for (const prompt of prompts) {
      dialogue.prompt(prompt);
      await this.#step();
      if (this.#dialogue !== dialogue) return; // Cancelled, unplugged, or its time was over.
    }
    if (play.fault === 'cut-before') return this.unplug();
    if (play.fault === 'chip-declines') return dialogue.end({ kind: 'declined', reason: 'card-declined' });
    this.#inside = play;
    this.#orderKey = dialogue.request.orderKey;
    dialogue.end({ kind: 'online-request', card: this.#card(dialogue.request, play) });
  }

  #card({ amount }: CardRequest, { entry, pin }: CardPlay): CardData {
    const { random } = this.#options;
    this.#counter += 1;
    const isChip = entry === 'chip' || entry === 'contactless';
    const { pinBlock, ...cipher } = this.#cipher(entry);
    return {
      entry,
      ...cipher,
      ...(isChip ? { emv: onlineTags(amount, this.#counter, random), sequence: '001' } : {}),
      ...(pin === true ? { pin: { ksn: cipher.ksn, block: pinBlock ?? cipher.track.slice(0, 16) } } : {}),
    };
  }

  #step(): Promise<void> {
    return new Promise((resolve) => this.#options.timers.after(this.#options.stepMs ?? STEP_MS, resolve));
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
