import { ContextProvider } from '@lit/context';
import type { Services, Settings } from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';
import { createTranslator, loadTranslator, type Translator } from '../../i18n/translator.ts';
import { servicesContext, translatorContext } from './contexts.ts';
import type { Door, Look } from './door-contexts.ts';
import { provideDoor } from './provide-door.ts';

/** Most ms that the till waits for words of another language than Chinese, which is always there. */
const WORDS_WAIT_MS = 2_000;

/**
 * Gives every page under `root` its services and its language, then says at the door that the till is built. `look` follows
 * the settings. Resolves when the words of the language are there, or have been waited for long enough.
 */
export async function provideServices(
  root: HTMLElement,
  services: Services,
  door: Door,
  look: Store<Look>,
): Promise<void> {
  new ContextProvider(root, { context: servicesContext, initialValue: services });
  const translator = new ContextProvider(root, {
    context: translatorContext,
    initialValue: createTranslator('zh-CN'),
  });
  const { settings } = services.life;
  let wanted = '';
  const follow = async ({ language, theme }: Settings): Promise<void> => {
    if (language === wanted) return look.set({ language: look.value.language, theme });
    wanted = language;
    // The words could not be fetched: the page goes on in the language it has.
    const next = await loadTranslator(language).catch((): Translator | undefined => undefined);
    if (next === undefined) wanted = '';
    else if (settings.value.language === next.language) translator.setValue(next);
    look.set({ language: translator.value.language, theme: settings.value.theme });
  };
  const first = follow(settings.value);
  settings.subscribe(() => void follow(settings.value));
  const { state } = services.checkout;
  const watch = (): void => door.mustShow.set(state.value.at === 'unsaved');
  state.subscribe(watch);
  watch();
  // Chinese is there already; its explanations of errors may follow.
  if (settings.value.language !== 'zh-CN')
    await Promise.race([first, new Promise((resolve) => setTimeout(resolve, WORDS_WAIT_MS))]);
  door.isBuilt.set(true);
}

/** Door and services at once, where both are there from the start. */
export function provideUi(root: HTMLElement, services: Services): void {
  const { language, theme } = services.life.settings.value;
  const look = new Store<Look>({ language, theme });
  void provideServices(root, services, provideDoor(root, services.session, look), look);
}
