import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { directionOf, type Language } from '../../domain/language.ts';
import { FlowError } from '../../flow/services.ts';
import { ONLINE } from '../testing/fake-data.ts';
import { FakeServices } from '../testing/fake-services.ts';
import { type Mounted, mount, press, tap } from '../testing/mount.ts';
import { SCENES } from '../testing/scenes.ts';

let fake: FakeServices;
let shown: Mounted;

beforeEach(() => {
  fake = new FakeServices();
});
afterEach(() => {
  shown.remove();
  location.hash = '';
});

const find = async (testId: string): Promise<HTMLElement> =>
  vi.waitFor(() => {
    const found = shown.find(testId);
    if (found === undefined) throw new Error(`no ${testId}`);
    return found;
  });
const armed = async (testId: string): Promise<HTMLElement> => {
  const button = await find(testId);
  await vi.waitFor(() => expect(button.ariaDisabled).toBe('false'));
  return button;
};

describe('a cash sale', () => {
  test('by touch, from the keypad to the change', async () => {
    shown = mount(fake);
    for (const key of ['4', '7', '.', '8']) tap(await find(`key-${key}`));
    await vi.waitFor(() => expect(shown.find('amount')?.textContent).toBe('¥47.80'));
    tap(await find('charge'));
    await vi.waitFor(() => expect(shown.find('due')?.textContent).toBe('¥47.80'));
    for (const key of ['1', '0', '0']) tap(await find(`key-${key}`));
    await vi.waitFor(() => expect(shown.find('change')?.textContent).toBe('¥52.20'));
    tap(await armed('confirm-cash'));
    expect((await find('paid')).textContent).toBe('已收款');
    expect((await find('change')).textContent).toBe('¥52.20');
    tap(await armed('next'));
    await vi.waitFor(() => expect(fake.checkout.state.value.at).toBe('editing'));
  });

  test('by keyboard alone', async () => {
    shown = mount(fake);
    await find('key-1');
    for (const key of ['1', '2', 'F2', '3', 'Enter']) press(key);
    await armed('confirm-cash');
    for (const key of ['2', '0', 'Enter']) press(key);
    await armed('next');
    expect((await find('change')).textContent).toBe('¥5.00');
    press('Enter');
    await vi.waitFor(() => expect(fake.checkout.state.value.at).toBe('editing'));
  });

  test('the second half of a double tap on charge confirms nothing', async () => {
    shown = mount(fake);
    fake.type('8');
    const charge = await find('charge');
    await vi.waitFor(() => expect(charge.hasAttribute('disabled')).toBe(false));
    tap(charge);
    tap(await find('confirm-cash'));
    tap(await find('quick-0'));
    press('Enter');
    expect(fake.sent.map((event) => event.type)).not.toContain('confirm-cash');
    expect(fake.checkout.state.value.at).toBe('tendering');
  });

  test('a reader hears what is due', async () => {
    shown = mount(fake);
    fake.type('8');
    tap(await find('charge'));
    await vi.waitFor(() => expect(shown.find('said')?.textContent).toBe('应收 ¥8.00'));
  });

  test('a removed line can be put back', async () => {
    shown = mount(fake);
    fake.type('8');
    await fake.checkout.send({ type: 'add' });
    tap(await find('remove'));
    tap(await find('undo'));
    await vi.waitFor(() => expect(shown.find('amount')?.textContent).toBe('¥8.00'));
  });
});

describe('money that is not safe', () => {
  const scene = (name: string) => SCENES.find((each) => each.name === name)!;

  test('unsaved blocks every page, and the lock screen does not hide it', async () => {
    scene('unsaved').set(fake);
    shown = mount(fake, '#/orders');
    expect((await find('unsaved')).isConnected).toBe(true);
    expect(shown.find('orders')).toBeUndefined();
    expect(shown.find('paid')).toBeUndefined();
    SCENES.find((each) => each.name === 'lock')!.set(fake);
    await vi.waitFor(() => expect(shown.find('reference')?.textContent).toContain('7C1E'));
    expect(shown.find('pin-1')).toBeUndefined();
  });

  test('an open question is answered once, and not by the tail of a double tap', async () => {
    scene('asking').set(fake);
    shown = mount(fake);
    tap(await find('answer-yes'));
    expect(fake.sent).toEqual([]);
    tap(await armed('answer-yes'));
    expect(fake.sent).toEqual([{ type: 'answer', received: true }]);
  });

  test('a second window can read sales and make none', async () => {
    fake.stores.strip.set({ ...ONLINE, journal: { ...ONLINE.journal, role: 'reader' } });
    shown = mount(fake);
    await find('reader');
    expect(shown.find('charge')).toBeUndefined();
  });
});

describe('first run', () => {
  const type = async (testId: string, text: string): Promise<void> => {
    const field = await find(testId);
    if (!(field instanceof HTMLInputElement)) throw new Error('no field');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const pin = (digits: string): void => {
    for (const digit of digits) tap(shown.find(`pin-${digit}`));
  };

  test('opens a shop with a name, a trade and a PIN, and asks for no code that the server offered', async () => {
    SCENES[0]!.set(fake);
    const setUp = vi.spyOn(fake.session, 'setUp');
    shown = mount(fake);
    tap(await find('set-up'));
    await type('shop-name', ' 巷口杂货铺 ');
    expect(shown.find('code')).toBeUndefined();
    (await find('trade-catering')).click();
    (await find('continue')).click();
    await find('pin-1');
    pin('472915');
    await shown.app.updateComplete;
    pin('472915');
    await vi.waitFor(() => expect(setUp).toHaveBeenCalledOnce());
    expect(setUp.mock.calls[0]?.[0]).toMatchObject({
      name: '巷口杂货铺',
      trade: 'catering',
      pin: '472915',
      code: 'ABCD-EFGH',
    });
  });

  test('two different PINs begin again, with the reason', async () => {
    SCENES[0]!.set(fake);
    const setUp = vi.spyOn(fake.session, 'setUp');
    shown = mount(fake);
    tap(await find('set-up'));
    await type('shop-name', '店');
    (await find('continue')).click();
    await find('pin-1');
    pin('472915');
    pin('472916');
    await vi.waitFor(() => expect(shown.find('problem')?.dataset['code']).toBe('flow.pin-mismatch'));
    expect(setUp).not.toHaveBeenCalled();
  });

  test('a refusal is explained where it can be mended', async () => {
    fake.stores.session.set({ at: 'first-run', reachable: true });
    vi.spyOn(fake.session, 'join').mockRejectedValue(new FlowError('code-spent'));
    shown = mount(fake);
    tap(await find('join'));
    await type('code', 'abcd-efgh');
    await type('person', '小李');
    (await find('continue')).click();
    await find('pin-1');
    pin('472915');
    pin('472915');
    await vi.waitFor(() => expect(shown.find('problem')?.dataset['code']).toBe('flow.code-spent'));
    expect(shown.find('code')).toBeDefined();
  });
});

test('characters without a field can be switched off in the settings', async () => {
  shown = mount(fake, '#/settings');
  tap(await find('keys-focused'));
  await vi.waitFor(() => expect(document.documentElement.dataset['keys']).toBe('focused'));
  tap(await find('keys-anywhere'));
  await vi.waitFor(() => expect(document.documentElement.dataset['keys']).toBeUndefined());
});

test('a card number keeps its order among Arabic letters', async () => {
  SCENES.find(({ name }) => name === 'done-split')?.set(fake);
  fake.stores.settings.set({ ...fake.stores.settings.value, language: 'ar' });
  shown = mount(fake, '#/till');
  await vi.waitFor(() => {
    const payments = shown.find('payments')?.textContent ?? '';
    expect(payments).toMatch(/\u2068\d{6}\*+\d{4}\u2069/);
  });
});

test('the orders list fetches more until the end', async () => {
  shown = mount(fake, '#/orders');
  await vi.waitFor(() => expect(shown.findAll('[data-testid="order"]')).toHaveLength(30));
  for (const count of [60, 64]) {
    tap(await find('more'));
    await vi.waitFor(() => expect(shown.findAll('[data-testid="order"]')).toHaveLength(count));
  }
  await vi.waitFor(() => expect(shown.find('more')).toBeUndefined());
});

describe.each([
  ['zh-CN', 1280, 800],
  ['zh-CN', 360, 740],
  ['en', 1280, 800],
  ['en', 360, 740],
  ['zh-TW', 360, 740],
  ['ar', 1280, 800],
  ['ar', 360, 740],
] as const)('every scene in %s at %i × %i', (language: Language, width, height) => {
  test.each(SCENES.map((scene) => [scene.name, scene] as const))('%s', async (_name, scene) => {
    await page.viewport(width, height);
    scene.set(fake);
    fake.stores.settings.set({ ...fake.stores.settings.value, language });
    shown = mount(fake, scene.hash);
    await vi.waitFor(() => {
      expect(document.documentElement.lang).toBe(language);
      expect(document.documentElement.dir).toBe(directionOf(language));
      expect(shown.findAll('h1').length).toBeGreaterThan(0);
    });
    await Promise.all(
      shown.findAll('*').map((each) => ('updateComplete' in each ? each.updateComplete : undefined)),
    );
    const visible = shown.findAll('button, a[href], select').filter((each) => each.checkVisibility());
    const small = visible.filter((each) => {
      const box = each.getBoundingClientRect();
      return box.width < 47.5 || box.height < 47.5;
    });
    expect(small.map((each) => each.dataset['testid'] ?? each.textContent)).toEqual([]);
    const cut = visible.filter((each) => each.scrollWidth > each.clientWidth + 1);
    expect(cut.map((each) => each.dataset['testid'] ?? each.textContent)).toEqual([]);
    const wide = shown.findAll('main, .whole').filter((each) => each.scrollWidth > each.clientWidth + 1);
    expect(wide.map(({ localName, scrollWidth }) => `${localName} ${scrollWidth}`)).toEqual([]);
    expect(shown.app.shadowRoot?.textContent).not.toMatch(/\{\w+\}|undefined|\[object/);
    const texts = shown
      .findAll('*')
      .flatMap(({ childNodes }) => [...childNodes].filter((node) => node.nodeType === 3));
    expect(texts.map((node) => node.nodeValue ?? '').filter((text) => /[٠-٩۰-۹]/.test(text))).toEqual([]);
  });
});
