import { ContextProvider } from '@lit/context';
import type { Services, Settings } from '../../flow/services.ts';
import { createTranslator, loadTranslator } from '../../i18n/translator.ts';
import { servicesContext, translatorContext } from './contexts.ts';

/**
 * Gives every page under `root` its services and its language, and keeps `lang` and the theme of the document as the
 * settings say. To be called before the first page is attached: a consumer that comes first is never answered.
 */
export function provideUi(root: HTMLElement, services: Services): void {
  new ContextProvider(root, { context: servicesContext, initialValue: services });
  const translator = new ContextProvider(root, {
    context: translatorContext,
    initialValue: createTranslator('zh-CN'),
  });
  const { settings } = services.life;
  let wanted = '';
  const follow = ({ language, theme }: Settings): void => {
    const { documentElement } = root.ownerDocument;
    if (theme === 'auto') delete documentElement.dataset['theme'];
    else documentElement.dataset['theme'] = theme;
    if (language === wanted) return;
    wanted = language;
    loadTranslator(language).then(
      (next) => {
        if (settings.value.language !== next.language) return; // Changed again while the words were on their way.
        documentElement.lang = next.language;
        translator.setValue(next);
      },
      () => {
        wanted = ''; // The words could not be fetched: the page goes on in the language it has.
      },
    );
  };
  follow(settings.value);
  settings.subscribe(() => follow(settings.value));
}
