import { Store } from '../flow/store.ts';

/** Chrome's offer to install the app, held back until somebody asks for it. */
export interface InstallPrompt {
  readonly available: Store<boolean>;
  show(): Promise<void>;
}

/** Not in TypeScript's DOM library: Chromium only. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

export function holdInstallPrompt(): InstallPrompt {
  const available = new Store(false);
  let held: BeforeInstallPromptEvent | undefined;
  globalThis.addEventListener('beforeinstallprompt', (offer) => {
    offer.preventDefault();
    held = offer as BeforeInstallPromptEvent;
    available.set(true);
  });
  return {
    available,
    async show() {
      const offer = held;
      held = undefined;
      available.set(false);
      await offer?.prompt();
    },
  };
}
