/**
 * Bringing the journal to the server, as a value. One batch is under way at a time; what the server has said it holds is
 * never sent on purpose again, and what it refuses is parked with the reason so that the entries after it go on.
 */
export type SyncState =
  | { readonly at: 'idle' }
  | { readonly at: 'sending'; readonly tries: number; readonly again: boolean }
  /** Nothing got through: tried again after `delayMs`. */
  | { readonly at: 'waiting'; readonly tries: number; readonly delayMs: number }
  /** The server knows this till no more (key, revocation): only a person can change that. */
  | { readonly at: 'blocked'; readonly reason: string };

export type SyncEvent =
  /** New entries, the network came back, the regular beat, a tap on 'send now'. */
  | { readonly type: 'poke'; readonly urgent: boolean }
  | { readonly type: 'drained' }
  | { readonly type: 'failed'; readonly fraction: number }
  | { readonly type: 'blocked'; readonly reason: string }
  | { readonly type: 'woke' };

export type SyncEffect = { readonly type: 'drain' } | { readonly type: 'sleep'; readonly delayMs: number };
export type SyncStep = readonly [SyncState, readonly SyncEffect[]];

export const BACKOFF_FIRST_MS = 1_000;
export const BACKOFF_LONGEST_MS = 60_000;

/** Doubles up to a minute, less up to half by chance: a street of tills must not come back all at once. */
export function backoffMs(tries: number, fraction: number): number {
  const full = Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(tries, 16), BACKOFF_LONGEST_MS);
  return Math.round(full * (1 - fraction / 2));
}

export function step(state: SyncState, event: SyncEvent): SyncStep {
  const drain = (tries: number): SyncStep => [{ at: 'sending', tries, again: false }, [{ type: 'drain' }]];
  switch (state.at) {
    case 'idle':
      return event.type === 'poke' ? drain(0) : [state, []];
    case 'sending':
      if (event.type === 'poke') return state.again ? [state, []] : [{ ...state, again: true }, []];
      if (event.type === 'drained') return state.again ? drain(0) : [{ at: 'idle' }, []];
      if (event.type === 'blocked') return [{ at: 'blocked', reason: event.reason }, []];
      if (event.type === 'failed') {
        const delayMs = backoffMs(state.tries, event.fraction);
        return [{ at: 'waiting', tries: state.tries + 1, delayMs }, [{ type: 'sleep', delayMs }]];
      }
      return [state, []];
    case 'waiting':
      // A sale is no reason to hurry a server that is down; the network coming back, or a person, is.
      if (event.type === 'woke' || (event.type === 'poke' && event.urgent)) return drain(state.tries);
      return [state, []];
    case 'blocked':
      return event.type === 'poke' && event.urgent ? drain(0) : [state, []];
    default:
      return state satisfies never;
  }
}
