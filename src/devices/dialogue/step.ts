import type { CardEntry } from '../../domain/approval.ts';
import type { CardFinal, CardPresented, ReaderEntry } from '../ports.ts';
import type { Effect, ReaderEvent, TillEvent } from './events.ts';

/** Times that a chip may fail for technical reasons before its stripe is taken (facts: devices 3.12). */
export const CHIP_TRIES_MAX = 3;
/** Behind the reader's own deadline, so that its word comes first, ms. */
const GRACE_MS = 1_500;
/** A card that is being read when the time is over may be read to its end, ms. */
const READ_MS = 15_000;
/** How long a reader may take to stop, ms. */
const STOP_MS = 3_000;
/** How long a card is kept for the host's word: longer than any host is waited for, ms. */
const HOST_MS = 90_000;
/** How long a chip may think about the host's word, ms. */
const FINAL_MS = 18_000;

/** What has been asked of the customer, and how it went so far. */
interface Plan {
  readonly allowed: readonly ReaderEntry[];
  readonly asked: readonly ReaderEntry[];
  readonly chipFailures: number;
  /** The stripe of a card whose chip has failed. */
  readonly isFallback: boolean;
  /** The time of the request is over; the card that is being read may end. */
  readonly isOverdue: boolean;
}

/** Where a reader stands in its dialogue. `inside`: a card is in its slot. */
export type DialogueState = { readonly inside: boolean } & (
  | { readonly at: 'idle' }
  /** The card of the dialogue before must go first. */
  | { readonly at: 'clearing'; readonly plan: Plan }
  | { readonly at: 'asking' | 'reading'; readonly plan: Plan }
  | { readonly at: 'stopping'; readonly outcome: CardPresented }
  /** `early`: what the reader said of the end before it was told the host's word. */
  | { readonly at: 'host'; readonly entry: CardEntry; readonly early?: CardFinal }
  | { readonly at: 'finishing'; readonly entry: CardEntry; readonly approved: boolean }
);

type Step = readonly [DialogueState, readonly Effect[]];

export const IDLE: DialogueState = { at: 'idle', inside: false };

/** Decides what an event changes. Pure; what does not fit is ignored. */
export function step(before: DialogueState, event: ReaderEvent | TillEvent): Step {
  const state = seen(before, event);
  switch (state.at) {
    case 'idle':
      return idle(state, event);
    case 'clearing':
    case 'asking':
    case 'reading':
      return presenting(state, event);
    case 'stopping':
      return ['ended', 'declined', 'final', 'time-over', 'lost'].includes(event.type)
        ? presented(state, state.outcome)
        : [state, []];
    case 'host':
      return host(state, event);
    case 'finishing':
      return finishing(state, event);
    default:
      return state satisfies never;
  }
}

const seen = (state: DialogueState, event: ReaderEvent | TillEvent): DialogueState => {
  if (event.type === 'removed') return { ...state, inside: false };
  return event.type === 'seen' && event.entry === 'chip' ? { ...state, inside: true } : state;
};

function idle(state: DialogueState, event: ReaderEvent | TillEvent): Step {
  if (event.type === 'resume')
    return [state, [{ do: 'final', final: { kind: 'refused', reason: 'no-card' } }]];
  if (event.type !== 'start') return [state, []];
  const { request, entries } = event;
  const allowed = entries.filter((entry) => request.entries?.includes(entry) ?? true);
  const plan: Plan = { allowed, asked: allowed, chipFailures: 0, isFallback: false, isOverdue: false };
  if (allowed.length === 0) return presented(state, { kind: 'failed', reason: 'unsupported' });
  const wait: Effect = { do: 'wait', ms: request.timeoutMs + GRACE_MS };
  return state.inside
    ? [{ at: 'clearing', inside: true, plan }, [wait, { do: 'prompt', prompt: 'remove-card' }]]
    : [...asking(state.inside, plan, wait)];
}

type Presenting = Extract<DialogueState, { readonly plan: Plan }>;

function presenting(state: Presenting, event: ReaderEvent | TillEvent): Step {
  const { plan, inside } = state;
  switch (event.type) {
    case 'removed':
      return state.at === 'clearing' ? asking(false, plan) : [state, []];
    case 'seen':
      return [{ ...state, at: 'reading' }, [{ do: 'prompt', prompt: 'processing' }]];
    case 'prompt':
      return [
        state,
        [event.prompt === 'present-card' ? prompted(plan) : { do: 'prompt', prompt: event.prompt }],
      ];
    case 'read':
      return read(state, event);
    case 'chip-failed':
      return chipFailed(state, event.isLast);
    case 'use-other': {
      const asked = plan.asked.filter((entry) => entry !== 'contactless');
      return asked.length === 0 || plan.isOverdue
        ? presented(state, { kind: 'declined', reason: 'card-declined' })
        : asking(inside, { ...plan, asked });
    }
    case 'declined':
      return presented(state, { kind: 'declined', reason: event.reason });
    // Approved by the chip alone: nobody would ever be asked for that money.
    case 'final':
      return presented(state, { kind: 'declined', reason: 'not-online' });
    case 'ended':
      return presented(
        state,
        event.reason === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', reason: event.reason },
      );
    case 'lost':
      return presented(state, { kind: 'failed', reason: 'lost' });
    case 'abort':
      return state.at === 'clearing'
        ? presented(state, { kind: 'cancelled' })
        : stopping(state, { kind: 'cancelled' });
    case 'unfit':
      return stopping(state, { kind: 'failed', reason: event.reason });
    case 'time-over':
      return state.at === 'reading' && !plan.isOverdue
        ? [{ ...state, plan: { ...plan, isOverdue: true } }, [{ do: 'wait', ms: READ_MS }]]
        : stopping(state, { kind: 'failed', reason: 'timeout' });
    default:
      return [state, []];
  }
}

/** A stripe that says it has a chip is not taken, unless the chip has failed. */
function read(
  state: Presenting,
  { card, serviceCode }: Extract<ReaderEvent, { readonly type: 'read' }>,
): Step {
  const { plan } = state;
  const isStripe = card.entry === 'swipe' || card.entry === 'fallback';
  const hasChip = serviceCode === undefined ? undefined : /^[26]/.test(serviceCode);
  const chips = plan.allowed.filter((entry) => entry !== 'swipe');
  if (isStripe && !plan.isFallback && hasChip === true && chips.includes('chip') && !plan.isOverdue) {
    return asking(state.inside, { ...plan, asked: chips });
  }
  const entry = !isStripe ? card.entry : plan.isFallback && hasChip !== false ? 'fallback' : card.entry;
  const outcome: CardPresented = { kind: 'online-request', card: { ...card, entry } };
  return [
    { at: 'host', inside: state.inside, entry },
    [
      { do: 'presented', outcome },
      { do: 'wait', ms: HOST_MS },
    ],
  ];
}

function chipFailed(state: Presenting, isLast: boolean): Step {
  const { plan, inside } = state;
  const chipFailures = plan.chipFailures + 1;
  const isOver = isLast || chipFailures >= CHIP_TRIES_MAX;
  const asked = plan.allowed.filter((entry) => (entry === 'swipe') === isOver);
  if (asked.length === 0 || plan.isOverdue)
    return presented(state, { kind: 'failed', reason: 'chip-failed' });
  const next = asking(inside, { ...plan, asked, chipFailures, isFallback: isOver });
  return isOver
    ? next
    : [next[0], [{ do: 'prompt', prompt: 'try-again' }, ...next[1].filter((each) => each.do !== 'prompt')]];
}

function host(state: Extract<DialogueState, { readonly at: 'host' }>, event: ReaderEvent | TillEvent): Step {
  const { inside, entry, early } = state;
  switch (event.type) {
    case 'resume': {
      const { approved } = event.result;
      if (early !== undefined) return ended({ at: 'finishing', inside, entry, approved }, early);
      return [
        { at: 'finishing', inside, entry, approved },
        [
          { do: 'prompt', prompt: 'processing' },
          { do: 'answer', result: event.result },
          { do: 'wait', ms: FINAL_MS },
        ],
      ];
    }
    case 'final':
      return [{ ...state, early: event.final }, []];
    case 'ended':
      return [{ ...state, early: { kind: 'refused', reason: event.reason } }, []];
    case 'time-over':
      return [{ at: 'idle', inside }, [{ do: 'stop' }, { do: 'no-wait' }]];
    case 'lost':
      return [{ at: 'idle', inside: false }, [{ do: 'no-wait' }]];
    default:
      return [state, []];
  }
}

type Finishing = Extract<DialogueState, { readonly at: 'finishing' }>;

function finishing(state: Finishing, event: ReaderEvent | TillEvent): Step {
  switch (event.type) {
    case 'prompt':
      return [state, [{ do: 'prompt', prompt: event.prompt }]];
    case 'final':
      return ended(state, event.final);
    case 'declined':
    case 'ended':
      return ended(state, { kind: 'refused', reason: event.reason });
    case 'chip-failed':
      return ended(state, { kind: 'refused', reason: 'chip-failed' });
    case 'time-over': {
      const [next, effects] = ended(state, { kind: 'refused', reason: 'timeout' });
      return [next, [{ do: 'stop' }, ...effects]];
    }
    case 'lost':
      return [
        { at: 'idle', inside: false },
        [{ do: 'no-wait' }, { do: 'final', final: { kind: 'refused', reason: 'lost' } }],
      ];
    default:
      return [state, []];
  }
}

/** Only a chip can refuse an approval: a stripe is not asked, and a contactless card is gone. */
function ended({ inside, entry, approved }: Finishing, final: CardFinal): Step {
  const accepted: CardFinal = final.kind === 'accepted' ? final : { kind: 'accepted' };
  const remove: readonly Effect[] = inside ? [{ do: 'prompt', prompt: 'remove-card' }] : [];
  return [
    { at: 'idle', inside },
    [{ do: 'no-wait' }, ...remove, { do: 'final', final: approved && entry === 'chip' ? final : accepted }],
  ];
}

function asking(inside: boolean, plan: Plan, ...before: readonly Effect[]): Step {
  return [{ at: 'asking', inside, plan }, [...before, prompted(plan), { do: 'ask', entries: plan.asked }]];
}

const prompted = ({ allowed, asked }: Plan): Effect => {
  const isOnly = (entry: ReaderEntry): boolean => asked.every((each) => each === entry);
  if (isOnly('swipe')) return { do: 'prompt', prompt: 'swipe-card' };
  const isChip = isOnly('chip') || (asked.includes('chip') && asked.length < allowed.length);
  return { do: 'prompt', prompt: isChip ? 'insert-card' : 'present-card' };
};

function presented({ inside }: DialogueState, outcome: CardPresented): Step {
  const remove: readonly Effect[] = inside ? [{ do: 'prompt', prompt: 'remove-card' }] : [];
  return [{ at: 'idle', inside }, [{ do: 'no-wait' }, ...remove, { do: 'presented', outcome }]];
}

const stopping = ({ inside }: DialogueState, outcome: CardPresented): Step => [
  { at: 'stopping', inside, outcome },
  [{ do: 'stop' }, { do: 'wait', ms: STOP_MS }],
];
