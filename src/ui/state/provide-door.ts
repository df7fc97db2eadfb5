import { ContextProvider } from '@lit/context';
import { directionOf } from '../../domain/language.ts';
import type { Session } from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';
import { doorSpeaker } from '../../i18n/speaker.ts';
import { type Door, doorContext, type Look, speakerContext } from './door-contexts.ts';

/**
 * Gives the lock screen under `root` its session and its words, and keeps `lang` and the look of the document as `look` and
 * the system say. To be called before `pos-app` is attached: a consumer that comes first is never answered.
 */
export function provideDoor(root: HTMLElement, session: Session, look: Store<Look>): Door {
  const door: Door = { session, isBuilt: new Store(false), mustShow: new Store(false) };
  new ContextProvider(root, { context: doorContext, initialValue: door });
  const speaker = new ContextProvider(root, {
    context: speakerContext,
    initialValue: doorSpeaker(look.value.language),
  });
  const asked = matchMedia('(prefers-contrast: more)');
  const follow = (): void => {
    const { language } = look.value;
    const { documentElement } = root.ownerDocument;
    wear(documentElement, look.value, asked.matches);
    documentElement.lang = language;
    documentElement.dir = directionOf(language);
    if (speaker.value.language !== language) speaker.setValue(doorSpeaker(language));
  };
  follow();
  look.subscribe(follow);
  asked.addEventListener('change', follow);
  return door;
}

/** What `styles/tokens.css` chooses its values by, and `keys.ts` whether a key is the till's. */
function wear({ dataset }: HTMLElement, { theme, contrast, accent, keys }: Look, isAsked: boolean): void {
  if (theme === 'auto') delete dataset['theme'];
  else dataset['theme'] = theme;
  dataset['accent'] = accent;
  if (contrast === 'more' || isAsked) dataset['contrast'] = 'more';
  else delete dataset['contrast'];
  if (keys === 'focused') dataset['keys'] = keys;
  else delete dataset['keys'];
}
