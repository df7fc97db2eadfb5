import { ACCENTS } from '../../domain/look.ts';
import type { Language } from '../../domain/shop.ts';
import '../pos-app.ts';
import '../pos-shell.ts';
import { provideUi } from '../state/provide.ts';
import { FakeServices } from './fake-services.ts';
import './gallery-page.ts';
import { SCENES } from './scenes.ts';

// `gallery.html` shows every element in every state; `?scene=done` a page, `?only=pos-choice` an element, `?over=pos-dialog` what
// lies over a page. All take `&language=en&theme=dark&contrast=more&accent=teal`.
const query = new URLSearchParams(location.search);
const scene = SCENES.find((each) => each.name === query.get('scene'));
const fake = new FakeServices();
scene?.set(fake);
fake.stores.settings.set({
  ...fake.stores.settings.value,
  language: (query.get('language') ?? 'zh-CN') as Language,
  theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  contrast: query.get('contrast') === 'more' ? 'more' : 'auto',
  accent: ACCENTS.find((each) => each === query.get('accent')) ?? 'orange',
});
if (scene !== undefined) location.hash = scene.hash ?? '#/till';
await provideUi(document.body, fake);
if (scene === undefined) {
  const page = document.createElement('gallery-page');
  page.only = query.get('only') ?? '';
  page.over = query.get('over') ?? '';
  document.body.append(page);
} else document.body.append(document.createElement('pos-app'));
