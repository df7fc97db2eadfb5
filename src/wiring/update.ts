import type { Workbox } from 'workbox-window';
import { Store } from '../flow/store.ts';

/** Ms between looks for a new version while the page stays open. */
const LOOK_EVERY_MS = 60 * 60_000;

/** A new version of the app, waiting. It never takes over by itself: a till must not reload in the middle of a sale. */
export interface Update {
  readonly waiting: Store<boolean>;
  apply(): void;
}

/** Registers the service worker, where the browser has one. Loaded late: the first paint does not wait for it. */
export function watchForUpdates(scriptUrl: string, reload: () => void): Update {
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
  if ('serviceWorker' in navigator) register().catch(() => undefined);
  return {
    waiting,
    apply: () => {
      workbox?.addEventListener('controlling', reload);
      workbox?.messageSkipWaiting();
    },
  };
}
