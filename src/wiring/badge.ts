import type { StripState } from '../flow/services.ts';
import type { Store } from '../flow/store.ts';

/** The two calls of the Badging API, where a browser has them. */
export interface Badges {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
}

/** Keeps the number on the app's icon at what the server still lacks: somebody who only sees the icon knows that it waits. */
export function keepBadge(strip: Store<StripState>, badges: Badges): void {
  let shown: number | undefined;
  const follow = (): void => {
    const { training, journal } = strip.value;
    // While the books are being opened nobody knows yet; training waits for nothing.
    if (journal.role === 'opening') return;
    const count = training ? 0 : journal.unsynced;
    if (count === shown) return;
    shown = count;
    const done = count > 0 ? badges.setAppBadge?.(count) : badges.clearAppBadge?.();
    // An app that is not installed has no icon, and some browsers say so by an error.
    done?.catch(() => undefined);
  };
  strip.subscribe(follow);
  follow();
}
