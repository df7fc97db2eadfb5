import type { Workbox } from 'workbox-window';
import { Store } from '../flow/store.ts';

/** Ms between looks for a new version while the page stays open. */
const LOOK_EVERY_MS = 60 * 60_000;
/** Ms to wait before each further try to register: without a service worker the next start needs the network. */
const REGISTER_AGAIN_MS = [10_000, 60_000, 10 * 60_000, 60 * 60_000] as const;

/** A new version of the app, waiting. It never takes over by itself: a till must not reload in the middle of a sale. */
export interface Update {
  readonly waiting: Store<boolean>;
  apply(): void;
}

/**
 * Registers the service worker, where the browser has one; a few times more when that fails, as it does on a line that comes and
 * goes. Begins when `shown` resolves: nothing waits for it.
 */
export function watchForUpdates(scriptUrl: string, reload: () => void, shown: Promise<void>): Update {
  const waiting = new Store(false);
  let workbox: Workbox | undefined;
  const register = async (): Promise<void> => {
    const loaded = await import('workbox-window');
    workbox = new loaded.Workbox(scriptUrl, { updateViaCache: 'none' });
    workbox.addEventListener('waiting', () => waiting.set(true));
    await workbox.register({ immediate: true });
    setInterval(() => void workbox?.update().catch(() => undefined), LOOK_EVERY_MS);
  };
  // Without it the app works while the server answers; the install offer will not come either.
  const tryRegister = (tries: number): void => {
    register().catch(() => {
      const ms = REGISTER_AGAIN_MS[tries];
      if (ms !== undefined) setTimeout(() => tryRegister(tries + 1), ms);
    });
  };
  if ('serviceWorker' in navigator) void shown.then(() => tryRegister(0));
  return {
    waiting,
    apply: () => {
      workbox?.addEventListener('controlling', reload);
      workbox?.messageSkipWaiting();
    },
  };
}
