import type { Store } from './store.ts';
import type { GuideStep } from './welcome/guide.ts';

/** The first minute of whoever has just opened a till. */
export interface Welcome {
  /** The next action of a guided first sale; undefined when nobody is guided. Only in training. */
  readonly guide: Store<GuideStep | undefined>;
  /** No more of it on this device, until it is asked for again. */
  skipGuide(): void;
  restartGuide(): void;
  /** After the first sale of a till that can be installed and is not: never within a sale. */
  readonly offersInstall: Store<boolean>;
  /** Not now, and not by itself again. The settings still have it. */
  declineInstall(): void;
}
