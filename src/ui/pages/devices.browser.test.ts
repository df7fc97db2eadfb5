import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DevicesState } from '../../flow/services.ts';
import { press, tap } from '../testing/mount.ts';
import { Screen } from '../testing/screen.ts';

let screen: Screen;
beforeEach(() => {
  screen = new Screen();
});
afterEach(() => screen.close());

const EAN = '6901234567892';
const choose = async (testId: string, value: string): Promise<void> => {
  const field = await screen.find(testId);
  if (!(field instanceof HTMLSelectElement)) throw new Error(`${testId} is no list`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
};
const signs = () =>
  Object.fromEntries(
    ['reader', 'terminal', 'scanner', 'scale', 'pole', 'tags'].map((place) => [
      place,
      screen.now(`place-${place}`)?.dataset['sign'],
    ]),
  );
const open = async (place: string): Promise<void> => {
  screen.show(undefined, '#/devices');
  tap(await screen.find(`place-${place}`));
  await screen.find('device-link');
};

describe('the board', () => {
  test('says how every device is, and opens at the one that the address names', async () => {
    screen.show('board');
    const chosen = await screen.find('place-reader');
    expect(chosen.ariaPressed).toBe('true');
    expect(signs()).toEqual({
      reader: 'connected',
      terminal: 'absent',
      scanner: 'connected',
      scale: 'connecting',
      pole: 'simulated',
      tags: 'never',
    });
    const card = (await screen.find('device-link')).getRootNode() as ShadowRoot;
    const facts = card.querySelector('dl')?.textContent;
    for (const fact of ['B50C4A2', '1.21.8.0', 'FFFF9876543210', '82%']) expect(facts).toContain(fact);
  });

  test('the address follows the choice, so that a reload comes back to it', async () => {
    await open('scale');
    expect(location.hash).toBe('#/devices/scale');
  });

  test('a link to another device is followed while the page is shown', async () => {
    screen.show(undefined, '#/devices/scale');
    await vi.waitFor(() => expect(screen.now('place-scale')?.ariaPressed).toBe('true'));
    location.hash = '#/devices/reader';
    await vi.waitFor(() => expect(screen.now('place-reader')?.ariaPressed).toBe('true'));
    expect(screen.now('place-scale')?.ariaPressed).toBe('false');
  });

  test('a device that is gone says when it was there last, and is looked for by hand', async () => {
    screen.show('board');
    tap(await screen.find('place-terminal'));
    expect((await screen.find('problem')).dataset['code']).toBe('device.lost');
    tap(await screen.find('device-again'));
    tap(await screen.find('device-forget'));
    expect(screen.fake.counter.calls).toEqual(['reacquire', 'forget terminal']);
    await vi.waitFor(() => expect(signs()['terminal']).toBe('never'));
  });

  test('a reader that sends clear data is refused, in words, and there is nothing to try', async () => {
    screen.show('reader-refused');
    expect((await screen.find('device-refused')).textContent).toContain('没有加密');
    expect(signs()['reader']).toBe('refused');
    expect(screen.now('reader-try')).toBeUndefined();
  });
});

describe('connecting', () => {
  test('says what to do at the device first, and pairs what was chosen', async () => {
    await open('terminal');
    expect((await screen.find('prepare')).textContent).toContain('ZVT');
    await choose('device-offer', 'ecrhub/serial');
    await vi.waitFor(() => expect(screen.now('prepare')?.textContent).toContain('ECR Hub'));
    tap(await screen.find('device-pair'));
    expect(screen.fake.counter.calls).toEqual(['pair terminal ecrhub serial']);
    await vi.waitFor(() => expect(signs()['terminal']).toBe('connected'));
  });

  test('keeps what must be entered for a terminal', async () => {
    await open('terminal');
    await choose('device-offer', 'ecrhub/serial');
    const field = await vi.waitFor(() => {
      const found = screen.now('device-field');
      if (!(found instanceof HTMLInputElement) || found.maxLength !== 64) throw new Error('not yet');
      return found;
    });
    field.value = ' wz-1234 ';
    field.dispatchEvent(new Event('change'));
    expect(screen.fake.counter.fields.value).toEqual({ 'ecrhub-app-id': 'wz-1234' });
  });

  test.each([
    ['no-access', '换 WinUSB 驱动'],
    ['not-chosen', '再点一次连接'],
  ] as const)('explains what went wrong: %s', async (code, advice) => {
    await open('reader');
    screen.fake.counter.problem = code;
    tap(await screen.find('device-pair'));
    const problem = await screen.find('problem');
    expect(problem.dataset['code']).toBe(`device.${code}`);
    expect(problem.textContent).toContain(advice);
    await screen.enabled('device-pair');
  });

  test('the phone’s own NFC begins with a button, and its refusal is explained as NFC', async () => {
    await open('tags');
    screen.fake.counter.problem = 'no-access';
    const begin = await screen.find('device-pair');
    expect(begin.textContent).toContain('开始读卡');
    tap(begin);
    expect((await screen.find('problem')).dataset['code']).toBe('device.nfc-no-access');
    expect(screen.fake.counter.calls).toEqual(['pair tags web-nfc nfc']);
  });
});

describe('what the browser lacks', () => {
  test('is said with what to buy or do instead, and nothing is offered', async () => {
    screen.show('devices-ios-reader');
    const lacks = await screen.find('lacks');
    expect(lacks.textContent).toContain('安卓平板或电脑');
    expect(screen.now('device-pair')).toBeUndefined();
  });

  test('one reason for every way is said once', async () => {
    screen.fake.counter.way = () => ({ absence: 'insecure' });
    await open('scanner');
    expect((await screen.find('lacks')).querySelectorAll('li')).toHaveLength(1);
    expect(screen.now('camera-go')).toBeUndefined();
  });

  test('a trap in a way that is there is told where it is used', async () => {
    screen.show('devices-android');
    expect((await screen.find('caution')).textContent).toContain('WinUSB');
    expect((await screen.find('lacks')).textContent).toContain('138');
  });
});

describe('trying out', () => {
  test('a scanner that types needs no connecting: the code is shown whole, with its length', async () => {
    await open('scanner');
    await screen.find('camera-go');
    for (const digit of `0${EAN}`) press(digit);
    press('Enter');
    const heard = await screen.find('device-heard');
    expect(heard.textContent).toBe(`0${EAN}`);
    expect(heard.nextElementSibling?.textContent).toBe('共 14 位');
  });

  test('a code that lost its beginning is asked for again', async () => {
    await open('scanner');
    await screen.find('camera-go');
    screen.fake.counter.scan({ kind: 'unclear' });
    await screen.find('scan-unclear');
    screen.fake.counter.scan(EAN);
    await screen.find('device-heard');
    expect(screen.now('scan-unclear')).toBeUndefined();
  });

  test('a card is read without money, and stopping is stopping', async () => {
    screen.show('board');
    tap(await screen.find('reader-try'));
    expect((await screen.find('reader-result')).dataset['result']).toBe('read');
    screen.fake.counter.trial = undefined;
    tap(await screen.find('reader-try'));
    expect((await screen.find('reader-said')).textContent).toContain('请挥卡');
    tap(await screen.find('reader-stop'));
    await vi.waitFor(() => expect(screen.now('reader-result')?.dataset['result']).toBe('cancelled'));
    expect(screen.sent).toEqual([]);
  });

  test('leaving the place calls the card off', async () => {
    screen.show('board');
    const tried = vi.spyOn(screen.fake.counter, 'tryReader');
    screen.fake.counter.trial = undefined;
    tap(await screen.find('reader-try'));
    await screen.find('reader-said');
    tap(await screen.find('place-scale'));
    await vi.waitFor(() => expect(tried.mock.calls[0]?.[1].aborted).toBe(true));
  });

  test('a pole shows figures', async () => {
    screen.show('pole-there');
    tap(await screen.find('device-try'));
    expect(screen.fake.counter.calls).toEqual(['try pole']);
  });
});

describe('the camera', () => {
  test('runs while it is shown, and closes with the code', async () => {
    await open('scanner');
    tap(await screen.find('camera-go'));
    await vi.waitFor(() => expect(screen.now('camera')?.dataset['state']).toBe('looking'));
    expect(screen.fake.counter.calls).toEqual(['camera on']);
    screen.fake.counter.scan(EAN);
    expect((await screen.find('device-heard')).textContent).toBe(EAN);
    await vi.waitFor(() => expect(screen.fake.counter.calls).toEqual(['camera on', 'camera off']));
  });

  test('is let go when its window or its page is left', async () => {
    await open('scanner');
    tap(await screen.find('camera-go'));
    await vi.waitFor(() => expect(screen.now('camera')?.dataset['state']).toBe('looking'));
    tap(await screen.find('dialog-close'));
    await vi.waitFor(() => expect(screen.fake.counter.calls).toEqual(['camera on', 'camera off']));
    tap(await screen.find('camera-go'));
    await vi.waitFor(() => expect(screen.fake.counter.calls).toHaveLength(3));
    screen.close();
    expect(screen.fake.counter.calls).toEqual(['camera on', 'camera off', 'camera on', 'camera off']);
  });

  test('says why there is no picture, and tries again', async () => {
    await open('scanner');
    screen.fake.counter.cameraTrouble = 'no-access';
    tap(await screen.find('camera-go'));
    expect((await screen.find('problem')).dataset['code']).toBe('device.camera-no-access');
    screen.fake.counter.cameraTrouble = undefined;
    tap(await screen.find('camera-again'));
    await vi.waitFor(() => expect(screen.now('camera')?.dataset['state']).toBe('looking'));
  });

  test('takes a pay code on the tender page', async () => {
    await screen.charge('5');
    tap(await screen.find('way-customer-code'));
    tap(await screen.find('camera-go'));
    await vi.waitFor(() => expect(screen.now('camera')?.dataset['state']).toBe('looking'));
    screen.fake.counter.scan('134567890123456789');
    await screen.find('paying');
    expect(screen.fake.checkout.state.value).toMatchObject({ at: 'paying', attempt: { tender: 'wechat' } });
    expect(screen.fake.counter.calls).toEqual(['camera on', 'camera off']);
  });
});

describe('a scan on the tender page that went wrong', () => {
  test('half a code asks for another scan, and takes no money', async () => {
    await screen.charge('5');
    screen.fake.counter.scan({ kind: 'unclear' });
    expect((await screen.find('scan-unclear')).textContent).toContain('再扫一次');
    expect(screen.sent).not.toContain('scanned');
    press('5');
    await vi.waitFor(() => expect(screen.now('scan-unclear')).toBeUndefined());
  });

  test('keys that the figure had already are taken out of it; cash that was typed before is kept otherwise', async () => {
    await screen.charge('5');
    press('2');
    await vi.waitFor(() => expect(screen.fake.checkout.state.value).toMatchObject({ entry: '2' }));
    screen.fake.counter.scan(EAN);
    expect(screen.fake.checkout.state.value).toMatchObject({ at: 'tendering', entry: '2' });
    screen.fake.counter.scan({ kind: 'code', text: EAN, leaked: true });
    expect(screen.fake.checkout.state.value).toMatchObject({ at: 'tendering', entry: '' });
  });
});

describe('the printer', () => {
  const facts = (names: readonly string[]) => names.map((name) => screen.now(name)?.textContent ?? undefined);
  const change = (more: Partial<DevicesState>): void => {
    const { devices } = screen.fake.stores;
    devices.set({ ...devices.value, ...more });
  };

  test('shows what it tells of itself, and its drawer once somebody knows how that is read', async () => {
    screen.show(undefined, '#/devices');
    await screen.find('paper-state');
    expect(facts(['printer-serial', 'printer-firmware', 'drawer-state'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const { printer } = screen.fake.stores.devices.value;
    change({ printer: { ...printer, drawer: 'open', health: { serial: 'S-17', firmware: '1.02' } } });
    await vi.waitFor(() =>
      expect(facts(['printer-serial', 'printer-firmware', 'drawer-state'])).toEqual(['S-17', '1.02', '开着']),
    );
    expect(screen.now('printer-last-seen')).toBeUndefined();
  });

  test('that is gone was last seen then, and nothing is said of its paper', async () => {
    const { printer } = screen.fake.stores.devices.value;
    change({
      printer: { ...printer, link: 'absent', trouble: 'lost' },
      lastSeenMs: Date.UTC(2026, 10, 1, 4),
    });
    screen.show(undefined, '#/devices');
    expect((await screen.find('printer-last-seen')).textContent).toContain('2026');
    expect(screen.now('paper-state')).toBeUndefined();
  });
});
