import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { tap } from '../testing/mount.ts';
import { Screen } from '../testing/screen.ts';

let screen: Screen;
beforeEach(() => {
  screen = new Screen();
});
afterEach(() => screen.close());

const pathIs = async (step: string): Promise<HTMLElement> => {
  const path = await screen.find('path');
  await vi.waitFor(() => expect(path.dataset['step']).toBe(step));
  return path;
};
const armed = async (testId: string): Promise<HTMLElement> => {
  const button = await screen.find(testId);
  await vi.waitFor(() => expect(button.ariaDisabled).toBe('false'));
  return button;
};

test('a sale walks the ten steps of the box on the counter, and nothing moves on its way', async () => {
  screen.show('till');
  const path = await pathIs('amount');
  expect(path.getAttribute('aria-label')).toBe('收款第 4 步，共 10 步：金额');
  expect(screen.shown?.findAll('part-path')[0]?.shadowRoot?.querySelectorAll('li')).toHaveLength(10);
  const place = path.getBoundingClientRect();
  tap(await screen.find('charge'));
  await pathIs('tender');
  tap(await armed('confirm-cash'));
  await screen.find('done');
  await vi.waitFor(() => expect(['print', 'take']).toContain(path.dataset['step']));
  expect(path.getBoundingClientRect()).toEqual(place);
  expect(screen.shown?.findAll('part-path')[0]?.shadowRoot?.querySelectorAll('.skipped')).toHaveLength(1);
});

test('its room is there before its words are', async () => {
  screen.show('till');
  const charge = await screen.find('charge');
  const before = charge.getBoundingClientRect().top;
  await screen.find('path');
  expect(charge.getBoundingClientRect().top).toBe(before);
});

test('the result of a sale on a tablet leaves room for what became of its slip', async () => {
  await page.viewport(1280, 800);
  screen.show('done');
  await screen.find('print');
  const stage = screen.shown?.findAll('pos-stage')[0];
  const band = stage?.shadowRoot?.querySelector('.display');
  const share = (band?.clientHeight ?? 0) / (stage?.clientHeight ?? 1);
  await page.viewport(414, 896);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.4);
});

test('what only screen readers hear on a long page does not make the window scroll', async () => {
  screen.show('settings');
  await screen.find('lock-now');
  // What is placed out of sight belongs to the page that scrolls, not to the window.
  const frame = screen.shown?.findAll('main').at(-1);
  expect(frame && getComputedStyle(frame).position).toBe('relative');
});
