import { ContextProvider } from '@lit/context';
import type { Services, Settings } from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';
import { allWordsContext, servicesContext, translatorContext } from './contexts.ts';
import { type Door, type Look, lookOf } from './door-contexts.ts';
import { provideDoor } from './provide-door.ts';
import { Tongue } from './tongue.ts';

/**
 * Gives every page under `root` its services and its language, then says at the door that the till is built. `look` follows
 * the settings. Resolves when the first words of the language are there; rejects when those of no language can be fetched.
 */
export async function provideServices(
  root: HTMLElement,
  services: Services,
  door: Door,
  look: Store<Look>,
): Promise<void> {
  new ContextProvider(root, { context: servicesContext, initialValue: services });
  const { settings } = services.life;
  const tongue = await Tongue.begin(settings.value.language, (next) => translator.setValue(next));
  const translator = new ContextProvider(root, {
    context: translatorContext,
    initialValue: tongue.translator,
  });
  new ContextProvider(root, { context: allWordsContext, initialValue: tongue });
  const follow = async (wish: Settings): Promise<void> => {
    look.set({ ...lookOf(wish), language: tongue.translator.language });
    await tongue.change(wish.language);
    look.set({ ...lookOf(settings.value), language: tongue.translator.language });
  };
  settings.subscribe(() => void follow(settings.value));
  // Settings may have changed while the words were on their way.
  void follow(settings.value);
  const { state } = services.checkout;
  const watch = (): void => door.mustShow.set(state.value.at === 'unsaved');
  state.subscribe(watch);
  watch();
  door.isBuilt.set(true);
  // Pages ask again, and say so when it fails.
  tongue.whole().catch(() => undefined);
}

/** Door and services at once, where both are there from the start. What is under `root` then may be attached at once. */
export async function provideUi(root: HTMLElement, services: Services): Promise<void> {
  const look = new Store<Look>(lookOf(services.life.settings.value));
  await provideServices(root, services, provideDoor(root, services.session, look), look);
}
