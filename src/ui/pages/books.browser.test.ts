import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { minor } from '../../domain/money.ts';
import { ONLINE } from '../testing/fake-data.ts';
import { press, tap } from '../testing/mount.ts';
import { Screen } from '../testing/screen.ts';

let screen: Screen;

beforeEach(() => {
  screen = new Screen();
});
afterEach(() => screen.close());

const texts = (testId: string): readonly string[] =>
  screen.all(testId).map((each) => each.textContent?.replace(/\s+/g, ' ').trim() ?? '');
const choose = async (testId: string, value: string): Promise<void> => {
  const field = (await screen.find(testId)) as HTMLSelectElement;
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
};

describe('finding a sale', () => {
  beforeEach(async () => {
    screen.fake.records = screen.fake.records.map((record, index) => {
      const sale = index === 40 ? { ...record.sale, total: minor(4_242) } : record.sale;
      return { ...record, sale, ...(index % 16 === 0 ? { refunded: minor(100) } : {}) };
    });
    screen.show(undefined, '#/orders');
    await screen.find('order');
  });

  test('by its amount, among all of them and not only those on the screen', async () => {
    await screen.write('find', '42.42');
    await vi.waitFor(() => expect(screen.all('order')).toHaveLength(1));
    expect(texts('order')[0]).toContain('42.42');
    expect(texts('found')[0]).toContain('1');
  });

  test('by the end of its number, and Escape brings all back', async () => {
    await screen.write('find', '000100');
    await vi.waitFor(() => expect(texts('order')).toHaveLength(1));
    expect(texts('order')[0]).toContain('100');
    press('Escape', {}, await screen.find('find'));
    await vi.waitFor(() => expect(screen.all('order')).toHaveLength(30));
  });

  test('by state, and by nothing that was ever sold', async () => {
    tap(await screen.find('find-filters'));
    await choose('find-state', 'refunded');
    await vi.waitFor(() => expect(screen.all('order')).toHaveLength(4));
    await choose('find-tender', 'wechat');
    await screen.find('find-none');
    tap(await screen.find('find-clear-all'));
    await vi.waitFor(() => expect(screen.all('order')).toHaveLength(30));
  });

  test('with the keyboard alone: / searches, the arrows walk', async () => {
    press('/');
    await vi.waitFor(() => expect(screen.now('find')?.matches(':focus')).toBe(true));
    await screen.write('find', '00');
    press('ArrowDown', {}, await screen.find('find'));
    const [first, second] = screen.all('order');
    await vi.waitFor(() => expect(first?.matches(':focus')).toBe(true));
    press('ArrowDown', {}, first!);
    expect(second?.matches(':focus')).toBe(true);
  });

  test('an answer to an older question is never shown over a newer one', async () => {
    const real = screen.fake.orders.find.bind(screen.fake.orders);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const find = vi.spyOn(screen.fake.orders, 'find').mockImplementation(async (query) => {
      if (query.state === 'refunded') await held;
      return real(query);
    });
    tap(await screen.find('find-filters'));
    await choose('find-state', 'refunded');
    await choose('find-state', '');
    await vi.waitFor(() => expect(screen.all('order')).toHaveLength(30));
    release();
    await Promise.all(find.mock.results.map((result) => result.value));
    expect(screen.all('order')).toHaveLength(30);
  });
});

test('a till that has sold nothing says what comes next and offers no search', async () => {
  screen.show('orders-empty');
  await screen.find('orders-empty');
  expect(screen.now('find')).toBeUndefined();
});

describe('the day', () => {
  test('tells the net, each way of payment, the cash of the drawer and what is not known', async () => {
    screen.show('today');
    await screen.find('day-net');
    const total = screen.fake.records.reduce((all, { sale }) => all + sale.total, 0);
    const money = (amount: number) => (amount / 100).toFixed(2);
    const plain = (testId: string) => screen.now(testId)?.textContent?.replace(/[¥,\s]/g, '');
    expect(plain('day-net')).toBe(money(total - 4_780));
    expect(plain('day-taken')).toBe(money(total));
    expect(plain('day-sales')).toBe('64');
    const cash = screen.fake.records
      .filter(({ sale }) => sale.payments[0]?.tender === 'cash')
      .reduce((all, { sale }) => all + sale.payments[0]!.amount, 0);
    expect(plain('day-drawer')).toBe(money(cash));
    expect(screen.now('day-open')?.dataset['count']).toBe('1');
    expect(screen.all('day-tender-wechat')).toHaveLength(1);
  });

  test('leads to the day before and back, never to tomorrow', async () => {
    screen.show('today');
    (await screen.find('day-before')).click();
    await screen.find('day-empty');
    (await screen.find('day-after')).click();
    await screen.find('day-net');
    await vi.waitFor(() => expect(screen.now('day-after')).toBeUndefined());
  });
});

describe('the health of the books', () => {
  test('says in one line whether all is well', async () => {
    screen.show('health');
    expect((await screen.find('verdict')).dataset['verdict']).toBe('fine');
    screen.fake.stores.strip.set({ ...ONLINE, journal: { ...ONLINE.journal, unsynced: 3 } });
    await vi.waitFor(() => expect(screen.now('verdict')?.dataset['verdict']).toBe('waits'));
    screen.fake.stores.strip.set({ ...ONLINE, journal: { ...ONLINE.journal, copies: 'opfs-only' } });
    await vi.waitFor(() => expect(screen.now('verdict')?.dataset['verdict']).toBe('thin'));
  });

  test('lists what was refused with its reason, the sale it belongs to, and sends it again', async () => {
    screen.show('health-parked');
    const list = await screen.find('parked');
    expect(list.textContent).toContain('server.entry-invalid');
    expect(list.querySelector('a[href^="#/orders/"]')).not.toBeNull();
    expect(screen.now('health-oldest')?.textContent).not.toBe('');
    tap(await screen.find('send'));
    await vi.waitFor(() => expect(screen.fake.books.calls).toContain('send-again'));
  });

  test('checks every entry and names the first that is wrong', async () => {
    screen.show('health');
    tap(await screen.find('check'));
    await vi.waitFor(() => expect(screen.now('health-outcome')?.textContent).toContain('128'));
    screen.fake.books.checked = { entries: 128, valid: 90, firstBad: 91 };
    tap(await screen.find('check'));
    await vi.waitFor(() => expect(screen.now('health-outcome')?.textContent).toContain('91'));
  });

  test('exports, and says so when nothing could be read', async () => {
    screen.show('health');
    tap(await screen.find('export'));
    await vi.waitFor(() => expect(screen.now('exported')?.textContent).toContain('128'));
    screen.fake.books.file = undefined;
    tap(await screen.find('export'));
    await vi.waitFor(() => expect(screen.now('exported')?.textContent).toContain('没有读到'));
  });

  test('a till that cannot open its books offers the export all the same', async () => {
    screen.show('blocked');
    tap(await screen.find('export'));
    await vi.waitFor(() => expect(screen.fake.books.calls).toContain('export'));
  });
});

describe('what a code means', () => {
  test('an error leads to its article and back to where it was shown', async () => {
    screen.show('health-blocked');
    (await screen.find('explain-code')).click();
    await vi.waitFor(() => expect(screen.now('problem')?.dataset['code']).toBe('server.till-revoked'));
    (await screen.find('help-back')).click();
    await screen.find('verdict');
  });

  test('is found by a word of it, by a code, and by a reason of a bank', async () => {
    screen.show('help');
    const all = (await screen.find('help-code')) && screen.all('help-code').length;
    await screen.write('help-find', '没有纸');
    await vi.waitFor(() => expect(screen.all('help-code').length).toBeLessThan(all));
    expect(texts('help-code').join()).toContain('print.paper-end');
    await screen.write('help-find', 'host-51');
    await vi.waitFor(() => expect(screen.now('problem')?.dataset['code']).toBe('decline.funds'));
    await screen.write('help-find', 'zzzz');
    await screen.find('help-none');
  });

  test('can be read before there is a shop, and while nothing can be stored', async () => {
    screen.show('blocked', '#/help/storage.quota');
    await vi.waitFor(() => expect(screen.now('problem')?.dataset['code']).toBe('storage.quota'));
    expect(screen.now('export')).toBeUndefined();
  });

  test('taken money that is not saved is not left for an article', async () => {
    screen.show('unsaved');
    await screen.find('problem');
    expect(screen.now('explain-code')).toBeUndefined();
  });
});

describe('help on every page', () => {
  test('is about the page that is shown, and closes with Escape back to it', async () => {
    screen.show(undefined, '#/orders');
    await screen.find('order');
    tap(await screen.find('help'));
    const text = await screen.find('help-text');
    await vi.waitFor(() => expect(text.checkVisibility()).toBe(true));
    expect(text.dataset['place']).toBe('orders');
  });

  test('follows the sale on the till, and comes with F1', async () => {
    await screen.charge('8');
    press('F1');
    await vi.waitFor(() => expect(screen.now('help-text')?.dataset['place']).toBe('tendering'));
  });
});

describe('the guide of a first sale', () => {
  test('puts a ring around what comes next, which can be pressed through it', async () => {
    screen.show('guide');
    await screen.find('guide');
    const ring = await vi.waitFor(() => {
      const found = screen.shown?.findAll('.ring').find((each) => each.checkVisibility());
      if (found === undefined) throw new Error('no ring');
      return found;
    });
    const keypad = screen.shown!.findAll('pos-keypad')[0]!.getBoundingClientRect();
    expect(Math.abs(ring.getBoundingClientRect().top - keypad.top)).toBeLessThan(12);
    expect(getComputedStyle(ring).pointerEvents).toBe('none');
    tap(await screen.find('guide-skip'));
    await vi.waitFor(() => expect(screen.now('guide')).toBeUndefined());
    expect(screen.fake.welcome.calls).toEqual(['skip']);
  });

  test('leaves every key of a small phone in sight', async () => {
    await page.viewport(360, 740);
    screen.show('guide');
    await screen.find('guide');
    const keys = screen.shown!.findAll('[data-testid^="key-"]');
    expect(keys.length).toBeGreaterThan(10);
    const charge = await screen.find('charge');
    await vi.waitFor(() => expect(charge.getBoundingClientRect().bottom).toBeLessThanOrEqual(740));
  });

  test('ends at one’s own shop', async () => {
    screen.show('guide-end');
    tap(await screen.find('guide-set-up'));
    expect(screen.fake.calls).toContain('leave-training');
  });
});

describe('the offer to install', () => {
  test('stands below the result, asks once, and takes no for an answer', async () => {
    const install = vi.spyOn(screen.fake.life, 'install');
    screen.show('install-offer');
    tap(await screen.find('install-go'));
    expect(install).toHaveBeenCalledOnce();
    tap(await screen.find('install-later'));
    await vi.waitFor(() => expect(screen.now('install-offer')).toBeUndefined());
  });
});

describe('sound', () => {
  test('silent mode hides what cannot be heard; volume, voice and a trial are there otherwise', async () => {
    screen.show('settings');
    const silent = (await screen.find('sound-off')) as HTMLInputElement;
    expect(silent.checked).toBe(true);
    expect(screen.now('sound-try')).toBeUndefined();
    (await screen.find('sound-on')).click();
    tap(await screen.find('sound-try'));
    expect(screen.fake.sound.played).toEqual(['done']);
    (await screen.find('volume-high')).click();
    (await screen.find('voice-off')).click();
    await vi.waitFor(() =>
      expect(screen.fake.stores.settings.value).toMatchObject({ sound: true, volume: 'high', voice: false }),
    );
  });

  test('keys are heard from the keypad, results from nowhere on the screen', async () => {
    await screen.charge('8');
    tap(await screen.find('key-1'));
    await vi.waitFor(() => expect(screen.fake.sound.played).toEqual(['key']));
    screen.fake.finish();
    void screen.fake.checkout.send({ type: 'tendered', amount: minor(1_000) });
    await screen.find('done');
    expect(screen.fake.sound.played).toEqual(['key']);
  });
});
