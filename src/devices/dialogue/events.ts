import type { CardData } from '../../domain/card-data.ts';
import type {
  CardFinal,
  CardPresented,
  CardRequest,
  HostResult,
  ReaderEntry,
  ReaderPrompt,
} from '../ports.ts';
import type { ReaderReason } from '../reasons.ts';

/** What a reader, whatever it speaks, tells of the card in hand. */
export type ReaderEvent =
  | { readonly type: 'seen'; readonly entry: ReaderEntry }
  | { readonly type: 'removed' }
  | { readonly type: 'prompt'; readonly prompt: ReaderPrompt }
  /** The card's request to its bank. `serviceCode`: three digits, where the masked track shows them. */
  | { readonly type: 'read'; readonly card: CardData; readonly serviceCode?: string }
  /** The chip said no before anything was sent. */
  | { readonly type: 'declined'; readonly reason: ReaderReason }
  /** `isLast`: the reader itself sends the customer to the stripe. */
  | { readonly type: 'chip-failed'; readonly isLast: boolean }
  /** The contactless card wants another way in. */
  | { readonly type: 'use-other' }
  /** What the chip made of the host's word. */
  | { readonly type: 'final'; readonly final: CardFinal }
  /** The reader's dialogue is over without any of these: `timeout`, `cancelled`, or why it failed. */
  | { readonly type: 'ended'; readonly reason: ReaderReason }
  /** Card data arrived that is not encrypted, or the reader has no key: it was wiped. */
  | { readonly type: 'unfit'; readonly reason: ReaderReason };

/** What the till wants, and what time does. */
export type TillEvent =
  | { readonly type: 'start'; readonly request: CardRequest; readonly entries: readonly ReaderEntry[] }
  | { readonly type: 'abort' }
  | { readonly type: 'resume'; readonly result: HostResult }
  | { readonly type: 'time-over' }
  | { readonly type: 'lost' };

/** What is to be done. */
export type Effect =
  /** Ends whatever runs in the reader and asks for a card. */
  | { readonly do: 'ask'; readonly entries: readonly ReaderEntry[] }
  | { readonly do: 'stop' }
  | { readonly do: 'answer'; readonly result: HostResult }
  | { readonly do: 'prompt'; readonly prompt: ReaderPrompt }
  | { readonly do: 'presented'; readonly outcome: CardPresented }
  | { readonly do: 'final'; readonly final: CardFinal }
  /** Replaces the deadline before it. */
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'no-wait' };
