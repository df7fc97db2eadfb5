import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import '../styles/base.css';
import { SCENES } from '../testing/scenes.ts';
import { Screen } from '../testing/screen.ts';

/** Every way a payment can end or hang, as a page. */
const RESULTS = {
  approved: 'done-wallet',
  declined: 'refused-declined',
  unknown: 'paying-unknown',
  reversed: 'refused-reversed',
  manager: 'paying-stuck',
} as const;

/** Legible from two metres: a sign of 84 px is 15 mm on a phone of 360 px, a word of 30 px stands 5 mm high. */
const SIGN_LEAST_PX = 84;
const WORD_LEAST_PX = 30;

/** Pages come in chunks of their own. */
const PAGE_WAIT = { timeout: 20_000 };

const screen = new Screen();
beforeEach(() => screen.renew());
afterEach(() => screen.close());

interface Seen {
  readonly shape: string;
  readonly word: string;
  readonly colour: string;
  readonly pattern: string;
  readonly side: 'left' | 'right';
}

/** What an eye gets of a result: the outline of its sign, its largest word, and the band both stand on. */
async function seen(scene: string): Promise<Seen> {
  screen.renew();
  screen.show(scene);
  const svg = await vi.waitFor(() => {
    const [found] = (screen.shown?.findAll('pos-stage') ?? []).flatMap((stage) => [
      ...stage.querySelectorAll('[slot=display] svg[data-shape], pos-verdict'),
    ]);
    const drawing = found?.shadowRoot?.querySelector('svg') ?? found;
    if (!(drawing instanceof SVGElement)) throw new Error(`no sign on ${scene}`);
    return drawing;
  }, PAGE_WAIT);
  const stage = screen.shown?.findAll('pos-stage')[0];
  const band = stage?.shadowRoot?.querySelector('.display');
  if (stage === undefined || !(band instanceof HTMLElement)) throw new Error(`no band on ${scene}`);
  const place = band.getBoundingClientRect();
  const box = svg.getBoundingClientRect();
  const words = [...stage.querySelectorAll<HTMLElement>('[slot=display] .word, [slot=display] h1')];
  const [largest] = words.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  expect(box.width, `${scene}: width of its sign`).toBeGreaterThanOrEqual(SIGN_LEAST_PX);
  expect(sizeOf(largest), `${scene}: size of its word`).toBeGreaterThanOrEqual(WORD_LEAST_PX);
  const style = getComputedStyle(band);
  return {
    shape: svg.dataset['shape'] ?? '',
    word: largest?.textContent?.trim() ?? '',
    colour: style.backgroundColor,
    pattern: `${style.backgroundImage} ${style.backgroundPosition} ${style.outlineStyle}`,
    side: box.x + box.width / 2 < place.x + place.width / 2 ? 'left' : 'right',
  };
}

const sizeOf = (element: HTMLElement | undefined): number =>
  element === undefined ? 0 : Number.parseFloat(getComputedStyle(element).fontSize);

test('a payment that becomes unknown under a reader keeps the reader at its heading', async () => {
  screen.show('paying-sending');
  const heading = await screen.find('live-title');
  heading.focus();
  SCENES.find(({ name }) => name === 'paying-unknown')?.set(screen.fake);
  await vi.waitFor(() => expect(screen.now('paying')?.dataset['kind']).toBe('unknown'), PAGE_WAIT);
  expect(screen.now('live-title')).toBe(heading);
  expect(heading.matches(':focus')).toBe(true);
});

test('every result has a shape, a word, a colour and a pattern that no other has', async () => {
  const all: Seen[] = [];
  for (const scene of Object.values(RESULTS)) all.push(await seen(scene));
  for (const sign of ['shape', 'word', 'colour', 'pattern'] as const) {
    const values = all.map((each) => each[sign]);
    expect(new Set(values), sign).toHaveLength(all.length);
    expect(values).not.toContain('');
  }
});

test('money and no money stand on opposite sides', async () => {
  expect((await seen(RESULTS.approved)).side).toBe('left');
  expect((await seen(RESULTS.declined)).side).toBe('right');
  expect((await seen(RESULTS.reversed)).side).toBe('right');
});

test('nothing but money wears the sign of money', async () => {
  const money = (await seen(RESULTS.approved)).shape;
  for (const scene of ['done-static', ...Object.values(RESULTS).slice(1)])
    expect((await seen(scene)).shape).not.toBe(money);
});

test('a basket that is cleared asks nothing, and comes back with one tap', async () => {
  screen.fake.type('6×2');
  void screen.fake.checkout.send({ type: 'add' });
  screen.show();
  (await screen.enabled('clear')).click();
  const undo = await screen.find('toast-undo');
  expect(screen.all('remove')).toHaveLength(0);
  undo.click();
  await vi.waitFor(() => expect(screen.all('remove')).toHaveLength(1));
  await vi.waitFor(() => expect(screen.now('toast')).toBeUndefined());
});

test('the offer to bring a basket back goes with the next line', async () => {
  screen.fake.type('6×2');
  void screen.fake.checkout.send({ type: 'add' });
  screen.show();
  (await screen.enabled('clear')).click();
  await screen.find('toast-undo');
  screen.fake.type('5');
  await screen.find('toast-undo');
  void screen.fake.checkout.send({ type: 'add' });
  await vi.waitFor(() => expect(screen.now('toast')).toBeUndefined());
});
