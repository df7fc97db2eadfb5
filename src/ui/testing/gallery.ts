import type { Language } from '../../domain/shop.ts';
import '../styles/base.css';
import '../pos-app.ts';
import '../pos-shell.ts';
import { provideUi } from '../state/provide.ts';
import { FakeServices } from './fake-services.ts';
import { SCENES } from './scenes.ts';

/** `gallery.html?scene=done&language=en&theme=dark` under the development server: one page in one state. */
const query = new URLSearchParams(location.search);
const scene = SCENES.find((each) => each.name === query.get('scene'));
if (scene === undefined) {
  const links = SCENES.map(({ name }) => {
    const link = document.createElement('a');
    link.href = `?scene=${name}`;
    link.textContent = name;
    return link;
  });
  document.body.append(...links.flatMap((link) => [link, ' ']));
} else {
  const fake = new FakeServices();
  scene.set(fake);
  fake.stores.settings.set({
    ...fake.stores.settings.value,
    language: (query.get('language') ?? 'zh-CN') as Language,
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  });
  location.hash = scene.hash ?? '#/till';
  provideUi(document.body, fake);
  document.body.append(document.createElement('pos-app'));
}
