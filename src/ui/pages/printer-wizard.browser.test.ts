import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DevicesState } from '../../flow/services.ts';
import { press, tap } from '../testing/mount.ts';
import { Screen } from '../testing/screen.ts';

let screen: Screen;
beforeEach(() => {
  screen = new Screen();
});
afterEach(() => screen.close());

const change = (more: Partial<DevicesState>): void => {
  const { devices } = screen.fake.stores;
  devices.set({ ...devices.value, ...more });
};
const printer = (more: Partial<DevicesState['printer']>): void =>
  change({ printer: { ...screen.fake.stores.devices.value.printer, ...more } });
const scene = () => screen.now('wizard')?.dataset['scene'];
const shows = (wanted: string) => vi.waitFor(() => expect(scene()).toBe(wanted));
const answer = async (testId: string): Promise<void> => tap(await screen.find(`wizard-${testId}`));
const calls = () => screen.fake.trial.calls;
const note = async (): Promise<string | undefined> => (await screen.find('wizard-note')).textContent?.trim();

/** What has the focus, through all shadow roots. */
function focused(): Element | null {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
  return activeElement;
}
const heading = async (text: string): Promise<void> => {
  await vi.waitFor(() => expect(focused()?.textContent).toContain(text));
  expect(focused()?.tagName).toBe('H2');
};

async function open(): Promise<void> {
  screen.show(undefined, '#/devices');
  tap(await screen.enabled('wizard-open'));
  await screen.find('wizard');
}

describe('the way in', () => {
  test('a printer that nobody has set up gets a proposal, before anything else can be pressed', async () => {
    change({ proposesWizard: true });
    screen.show(undefined, '#/devices');
    expect((await screen.find('wizard-proposal')).textContent).toContain('一分钟');
    expect(screen.now('wizard-open')?.classList).toContain('primary');
    expect(screen.now('pair-usb')?.classList).not.toContain('primary');
    const all = screen.all('wizard-open');
    expect(all).toHaveLength(1);
  });

  test('where it was walked it is a button among others; without a printer it cannot be pressed', async () => {
    screen.show(undefined, '#/devices');
    const button = await screen.enabled('wizard-open');
    expect(button.classList).not.toContain('primary');
    expect(screen.now('wizard-proposal')).toBeUndefined();
    printer({ link: 'absent' });
    await vi.waitFor(() => expect(button.hasAttribute('disabled')).toBe(true));
  });

  test('a printer that is wanted for something else says so, and nothing begins', async () => {
    screen.fake.trial.isFree = false;
    screen.show(undefined, '#/devices');
    tap(await screen.enabled('wizard-open'));
    expect(await note()).toContain('正在收款');
    expect(scene()).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  test('a driver of the system that holds the printer is explained once, with what to do', async () => {
    screen.fake.problem = 'no-access';
    printer({ link: 'absent' });
    screen.show(undefined, '#/devices');
    tap(await screen.find('pair-usb'));
    const problem = await screen.find('problem');
    expect([problem.dataset['code'], problem.textContent?.includes('换 WinUSB 驱动')]).toEqual([
      'print.no-access',
      true,
    ]);
    printer({ trouble: 'no-access' });
    await vi.waitFor(() => expect(screen.all('problem')).toHaveLength(1));
  });
});

describe('walked to its end', () => {
  test('asks one thing a screen, with the place of the reader at each question, and keeps what was found', async () => {
    screen.fake.trial.pins = ['high', 'low'];
    await open();
    await heading('这张小票看得清吗');
    expect(screen.now('wizard-progress')?.textContent).toBe('第 1 步，共 4 步');
    expect(screen.now('wizard-picture')?.textContent).toContain('收银小票 ￥12.50');
    expect(screen.now('wizard')?.textContent).toContain('1/4 GB18030');
    await answer('charset.garbled');
    await vi.waitFor(() => expect(screen.now('wizard')?.textContent).toContain('2/4 GBK'));
    await heading('这张小票看得清吗');
    await answer('charset.readable');
    await heading('最后一个数是几');
    expect(screen.now('wizard-progress')?.textContent).toBe('第 2 步，共 4 步');
    await answer('columns.32');
    await heading('纸自己切断了吗');
    await answer('cutter.no');
    await heading('插在打印机上吗');
    await answer('drawer.yes');
    await heading('关好');
    await answer('closed.yes');
    await heading('弹开了吗');
    await answer('open.yes');
    await heading('设好了');
    const found = screen.all('wizard-found')[0]?.textContent;
    for (const each of ['GBK', '58 毫米', '手撕', '也知道关没关']) expect(found).toContain(each);
    expect(screen.fake.trial.kept).toEqual({
      charset: 'gbk',
      columns: 32,
      cutter: false,
      qr: 'native',
      drawerPin: 2,
      drawerOpenAt: 'low',
    });
    await answer('close');
    expect(await note()).toBe('设好了，已经记住。');
    await vi.waitFor(() => expect(focused()).toBe(screen.now('wizard-open')));
    expect(calls()).not.toContain('restore');
  });

  test('a drawer that does not open is tried the other way, and said so', async () => {
    await open();
    for (const each of [
      'charset.readable',
      'columns.48',
      'cutter.yes',
      'drawer.yes',
      'closed.yes',
      'open.no',
    ])
      await answer(each);
    await vi.waitFor(() => expect(screen.now('wizard')?.textContent).toContain('换了另一种接法'));
    await heading('弹开了吗');
    await answer('open.no');
    await shows('done');
    expect(screen.now('wizard-found')?.textContent).toContain('没有，或打不开');
  });

  test('an answer can be taken back', async () => {
    await open();
    await shows('ask-charset');
    expect(screen.now('wizard-back')).toBeUndefined();
    await answer('charset.readable');
    await shows('ask-columns');
    await answer('back');
    await shows('ask-charset');
    await heading('这张小票看得清吗');
  });
});

describe('what goes wrong', () => {
  test('while it prints, it says so; out of paper, it says why, and the slip can be given up', async () => {
    screen.fake.trial.outcome = undefined;
    await open();
    await shows('printing');
    await heading('正在打印');
    expect(screen.now('wizard-give-up')).toBeUndefined();
    printer({ job: 'stalled', paper: 'end' });
    const problem = await screen.find('problem');
    expect(problem.dataset['code']).toBe('print.paper-end');
    // It goes on by itself: nobody is told to print a duplicate.
    expect(problem.textContent?.trim()).toBe('没有纸了');
    await heading('在等打印机');
    tap(await screen.find('wizard-give-up'));
    screen.fake.trial.finish({ kind: 'unconfirmed', reason: 'paper-end' });
    printer({ job: 'idle', paper: 'ok' });
    await shows('stuck');
    await heading('没有打出来');
    expect(screen.now('problem')?.dataset['code']).toBe('print.paper-end');
    screen.fake.trial.outcome = { kind: 'confirmed' };
    await answer('stuck.again');
    await shows('ask-charset');
    expect(screen.now('problem')).toBeUndefined();
  });

  test('blank paper asks to look at the printer, not at its settings', async () => {
    await open();
    await answer('charset.nothing');
    await heading('没有出纸');
    expect(screen.now('wizard')?.textContent).toContain('指甲');
    await answer('stuck.again');
    await shows('ask-charset');
    expect(screen.now('wizard')?.textContent).toContain('1/4 GB18030');
  });

  test('when nothing can be read, it says what to do; the printer is as it was', async () => {
    await open();
    for (const mark of ['1/4', '2/4', '3/4', '4/4']) {
      await vi.waitFor(() => expect(screen.now('wizard')?.textContent).toContain(mark));
      await answer('charset.garbled');
    }
    await heading('还是看不清');
    expect(screen.now('wizard')?.textContent).toContain('ESC/POS');
    await answer('stop');
    await vi.waitFor(() => expect(calls().at(-1)).toBe('restore'));
  });

  test('a printer that is gone in the middle of a question is missed at once', async () => {
    await open();
    await shows('ask-charset');
    printer({ link: 'absent', trouble: 'lost' });
    expect((await screen.find('problem')).dataset['code']).toBe('print.lost');
  });
});

describe('stopping', () => {
  const restored = () => vi.waitFor(() => expect(calls().at(-1)).toBe('restore'));

  test('Escape and the button put back what was there, and go back to where it began', async () => {
    for (const stop of [() => press('Escape'), async () => tap(await screen.find('wizard-stop'))]) {
      screen.renew();
      await open();
      await shows('ask-charset');
      await stop();
      expect(await note()).toBe('已停下，打印机还是原来的设置。');
      await restored();
      await vi.waitFor(() => expect(focused()).toBe(screen.now('wizard-open')));
    }
  });

  test('a page that is left stops it', async () => {
    await open();
    await shows('ask-charset');
    location.hash = '#/till';
    await restored();
  });

  test('a till that is locked stops it', async () => {
    await open();
    await shows('ask-charset');
    screen.close();
    await restored();
  });

  test('when the till itself stops it for a payment, the page says why', async () => {
    await open();
    await shows('ask-charset');
    screen.fake.trial.runner?.send({ type: 'stop' });
    expect(await note()).toContain('要收款');
  });

  test('a page that was left before it had begun leaves nothing behind', async () => {
    screen.show(undefined, '#/devices');
    const button = await screen.enabled('wizard-open');
    tap(button);
    screen.close();
    await vi.waitFor(() =>
      expect(screen.fake.trial.runner === undefined || calls().at(-1) === 'restore').toBe(true),
    );
  });
});

test('the simulated printer shows the paper of this trial alone, and how often its drawer has opened', async () => {
  change({ simulated: true });
  const line = (text: string) => ({
    align: 'left' as const,
    content: {
      kind: 'text' as const,
      cells: [{ text, columns: text.length, widthTimes: 1, heightTimes: 1, bold: false }],
    },
  });
  screen.fake.stores.paper.set({ columns: 32, lines: [line('old')], drawerKicks: 3 });
  await open();
  await shows('ask-charset');
  screen.fake.stores.paper.set({ columns: 32, lines: [line('old'), line('new')], drawerKicks: 3 });
  const roll = await screen.find('wizard-screen');
  await vi.waitFor(() =>
    expect(screen.all('paper').map((each) => each.textContent?.trim())).toEqual(['new']),
  );
  expect(roll.textContent).toContain('3');
});
