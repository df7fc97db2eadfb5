import { ContextProvider } from '@lit/context';
import type { Session } from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';
import { doorSpeaker } from '../../i18n/speaker.ts';
import { type Door, doorContext, type Look, speakerContext } from './door-contexts.ts';

/**
 * Gives the lock screen under `root` its session and its words, and keeps `lang` and the theme of the document as the look
 * says. To be called before `pos-app` is attached: a consumer that comes first is never answered.
 */
export function provideDoor(root: HTMLElement, session: Session, look: Store<Look>): Door {
  const door: Door = { session, isBuilt: new Store(false), mustShow: new Store(false) };
  new ContextProvider(root, { context: doorContext, initialValue: door });
  const speaker = new ContextProvider(root, {
    context: speakerContext,
    initialValue: doorSpeaker(look.value.language),
  });
  const follow = (): void => {
    const { language, theme } = look.value;
    const { documentElement } = root.ownerDocument;
    if (theme === 'auto') delete documentElement.dataset['theme'];
    else documentElement.dataset['theme'] = theme;
    documentElement.lang = language;
    if (speaker.value.language !== language) speaker.setValue(doorSpeaker(language));
  };
  follow();
  look.subscribe(follow);
  return door;
}
