import { languageOf } from '../domain/language.ts';
import { DoorSession } from '../flow/lock/door-session.ts';
import { Store } from '../flow/store.ts';
import '../ui/pos-app.ts';
import type { Door as DoorUi, Look } from '../ui/state/door-contexts.ts';
import { provideDoor } from '../ui/state/provide-door.ts';
import { lastSeen } from './last-lock.ts';
import { systemClock } from './system.ts';
import { trainingLanguage } from './training-mode.ts';

/** The lock screen on its own, and where the till plugs itself in behind it. */
export interface Door {
  readonly session: DoorSession;
  readonly look: Store<Look>;
  readonly ui: DoorUi;
}

/** Shows the lock screen as it was left, or that the books are being opened where none is known. */
export function showDoor(root: HTMLElement): Door {
  const practising = trainingLanguage();
  const seen = practising === undefined ? lastSeen() : undefined;
  const session = new DoorSession(practising !== undefined, seen?.lock, systemClock.now());
  const browser = languageOf(navigator.language);
  const look = new Store<Look>(
    seen?.look ?? {
      language: practising ?? browser,
      theme: 'auto',
      contrast: 'auto',
      accent: 'orange',
      keys: 'anywhere',
    },
  );
  const ui = provideDoor(root, session, look);
  root.querySelector('.boot')?.remove();
  root.append(document.createElement('pos-app'));
  return { session, look, ui };
}
