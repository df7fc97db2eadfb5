import type { CardData } from '../../domain/card-data.ts';
import type { DeviceSession } from '../driver.ts';
import type {
  CardFinal,
  CardMemory,
  CardPresented,
  CardReader,
  CardRequest,
  HostResult,
  ReaderPrompt,
} from '../ports.ts';
import type { KeptLink } from './kept-link.ts';

/** A card whose bank was asked, as long as its order can be asked about. In memory only; encrypted as it came. */
export interface HeldCard {
  readonly orderKey: string;
  readonly card: CardData;
  /** The host's word, once it was given to the reader. */
  readonly told?: HostResult;
}

/** A card reader on one open link. */
export interface ReaderSession extends DeviceSession, Omit<CardReader, 'link' | 'subscribe' | 'recover'> {
  /** What this reader still knows of a card that was held on a link before. Absent: nothing. */
  recall?(held: HeldCard): Promise<CardMemory>;
}

const NONE: CardMemory = { kind: 'none' };

/** The till's card reader as flows see it: there from the start, whether or not one is plugged in. */
export class KeptReader<Settings> implements CardReader {
  readonly kept: KeptLink<ReaderSession, Settings>;
  /** The session that holds the card of the dialogue in hand: the answer of the host is for it and for no other. */
  #inside: ReaderSession | undefined;
  /** The last card of which the bank was asked. */
  #held: HeldCard | undefined;

  constructor(kept: KeptLink<ReaderSession, Settings>) {
    this.kept = kept;
  }

  get link(): 'connected' | 'absent' {
    return this.kept.session === undefined ? 'absent' : 'connected';
  }

  subscribe(listener: () => void): () => void {
    return this.kept.subscribe(listener);
  }

  async start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented> {
    const session = this.kept.session;
    if (session === undefined) return { kind: 'failed', reason: 'lost' };
    const presented = await session.start(request, prompt, signal);
    if (presented.kind !== 'online-request') return presented;
    this.#inside = session;
    const { orderKey } = request;
    this.#held = orderKey === undefined ? undefined : { orderKey, card: presented.card };
    return presented;
  }

  async resume(result: HostResult, prompt: (prompt: ReaderPrompt) => void): Promise<CardFinal> {
    const session = this.#inside;
    this.#inside = undefined;
    if (this.#held !== undefined) this.#held = { ...this.#held, told: result };
    if (session === undefined || session !== this.kept.session) return { kind: 'refused', reason: 'lost' };
    const final = await session.resume(result, prompt);
    if (final.kind === 'accepted' || final.reason !== 'lost') this.#held = undefined;
    return final;
  }

  async recover(orderKey: string): Promise<CardMemory> {
    const held = this.#held;
    const session = this.kept.session;
    if (held === undefined || held.orderKey !== orderKey) return NONE;
    // A stripe is not asked what it makes of an approval, and a contactless card is gone: no reader is needed to tell.
    if (held.card.entry !== 'chip') return this.#forgotten({ kind: 'final', final: { kind: 'accepted' } });
    if (session?.recall === undefined) return NONE;
    const memory = await session.recall(held);
    if (memory.kind !== 'waiting') return this.#forgotten(memory);
    this.#inside = session;
    return memory;
  }

  #forgotten(memory: CardMemory): CardMemory {
    this.#held = undefined;
    return memory;
  }
}
