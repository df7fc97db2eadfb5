import '../styles/base.css';
import '../pos-app.ts';
import '../pos-shell.ts';
import type { PosApp } from '../pos-app.ts';
import { provideUi } from '../state/provide.ts';
import type { FakeServices } from './fake-services.ts';

/** The app over fake services, in a place of its own in the document; `remove` takes it away again. */
export interface Mounted {
  readonly app: PosApp;
  find(testId: string): HTMLElement | undefined;
  findAll(selector: string): readonly HTMLElement[];
  remove(): void;
}

export function mount(fake: FakeServices, hash = '#/till'): Mounted {
  location.hash = hash;
  const place = document.createElement('div');
  place.style.setProperty('height', '100vh');
  document.body.append(place);
  void provideUi(place, fake);
  const app = document.createElement('pos-app');
  place.append(app);
  const findAll = (selector: string) => [...deep(app, selector)];
  return {
    app,
    findAll,
    find: (testId) => findAll(`[data-testid="${testId}"]`)[0],
    remove: () => place.remove(),
  };
}

/** Every element that matches, through all shadow roots. */
function* deep(root: Element, selector: string): Generator<HTMLElement> {
  for (const element of (root.shadowRoot ?? root).querySelectorAll('*')) {
    if (element instanceof HTMLElement && element.matches(selector)) yield element;
    if (element.shadowRoot !== null) yield* deep(element, selector);
  }
}

/** A finger: down, up, and the click that the browser makes of it. */
export function tap(element: HTMLElement | undefined): void {
  if (element === undefined) throw new Error('nothing to tap');
  element.dispatchEvent(new PointerEvent('pointerdown', { button: 0, bubbles: true, composed: true }));
  element.dispatchEvent(new PointerEvent('pointerup', { button: 0, bubbles: true, composed: true }));
  element.dispatchEvent(
    new MouseEvent('click', { detail: 1, bubbles: true, composed: true, cancelable: true }),
  );
}

export function press(
  key: string,
  options: KeyboardEventInit = {},
  target: EventTarget = document.body,
): void {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...options }),
  );
}
