import { createContext } from '@lit/context';
import type { Session, Settings } from '../../flow/services.ts';
import type { Store } from '../../flow/store.ts';
import type { Speaker } from '../../i18n/speaker.ts';

/** Of the settings, what a lock screen looks like and listens to. */
export type Look = Pick<Settings, 'language' | 'theme' | 'contrast' | 'accent' | 'keys'>;

export const lookOf = ({ language, theme, contrast, accent, keys }: Settings): Look => ({
  language,
  theme,
  contrast,
  accent,
  keys,
});

/** All that is there while the books are still being opened. */
export interface Door {
  readonly session: Session;
  /** The till behind the door is built: its pages may be shown. */
  readonly isBuilt: Store<boolean>;
  /** Taken money that is not written down stays in sight, whoever is at the till. */
  readonly mustShow: Store<boolean>;
}

export const doorContext = createContext<Door>('door');

/** Speaks before the catalogue is there. Changes when the language setting changes. */
export const speakerContext = createContext<Speaker>('speaker');
