import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { ALL_OFFERS } from '../testing/fake-services.ts';
import { press, tap } from '../testing/mount.ts';
import { Screen } from '../testing/screen.ts';

let screen: Screen;
beforeEach(() => {
  screen = new Screen();
});
afterEach(() => screen.close());

const PAY_CODE = '134567890123456789';

describe('a scan on the tender page', () => {
  test('takes the money whatever is on the screen, and its Enter confirms no cash', async () => {
    await screen.charge('5');
    for (const digit of PAY_CODE) press(digit);
    press('Enter');
    expect(screen.sent).not.toContain('confirm-cash');
    expect(screen.fake.sent.at(-1)).toEqual({ type: 'scanned', text: PAY_CODE });
    expect(screen.fake.checkout.state.value).toMatchObject({
      at: 'paying',
      attempt: { tender: 'wechat', method: 'customer-code', amount: 500 },
    });
    await screen.find('paying');
  });

  test('works while a Chinese input method hides the characters', async () => {
    await screen.charge('5');
    for (const digit of PAY_CODE) press('Process', { code: `Digit${digit}` });
    press('Enter');
    expect(screen.fake.sent.at(-1)).toEqual({ type: 'scanned', text: PAY_CODE });
  });

  test('of an article is said to be no pay code, and the typed cash is gone with it', async () => {
    await screen.charge('5');
    for (const digit of '6901234567892') press(digit);
    press('Enter');
    expect((await screen.find('problem')).dataset['code']).toBe('not-a-pay-code');
    expect(screen.fake.checkout.state.value).toMatchObject({ at: 'tendering', entry: '' });
  });

  test('does not press the button that has the focus', async () => {
    await screen.charge('5');
    const back = await screen.armed('back');
    back.focus();
    for (const digit of PAY_CODE) press(digit, {}, back);
    const enter = new KeyboardEvent('keydown', {
      key: 'Enter',
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    back.dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
  });

  test('three digits and Enter are cash, as ever', async () => {
    await screen.charge('5');
    for (const key of ['1', '0', '0', 'Enter']) press(key);
    await vi.waitFor(() => expect(screen.fake.checkout.state.value.at).toBe('done'));
    expect((await screen.find('change')).textContent).toBe('¥95.00');
  });
});

describe('ways to pay', () => {
  test('a tile that cannot be used says why, and more when it is tapped', async () => {
    screen.fake.offers = ALL_OFFERS.map((offer) =>
      offer.way === 'reader' ? { ...offer, refusal: 'no-device' } : offer,
    );
    await screen.charge('5');
    const tile = await screen.find('way-reader');
    expect(tile.textContent).toContain('没有设备');
    tap(tile);
    expect((await screen.find('problem')).dataset['code']).toBe('no-device');
    expect(screen.fake.checkout.state.value).toMatchObject({ way: 'cash' });
  });

  test('a code of ours is shown for the wallet that was chosen', async () => {
    await screen.charge('5');
    tap(await screen.find('way-shop-code'));
    tap(await screen.find('wallet-alipay'));
    tap(await screen.armed('confirm'));
    expect(screen.fake.checkout.state.value).toMatchObject({
      at: 'paying',
      attempt: { tender: 'alipay', method: 'shop-code' },
    });
  });

  test('credit needs a name', async () => {
    await screen.charge('5');
    tap(await screen.find('way-credit'));
    const confirm = await screen.armed('confirm');
    expect(confirm.hasAttribute('disabled')).toBe(true);
    await screen.write('account', ' 老王 ');
    await vi.waitFor(() => expect(confirm.hasAttribute('disabled')).toBe(false));
    tap(confirm);
    expect(screen.fake.sent.at(-1)).toEqual({ type: 'confirm', account: '老王' });
    expect((await screen.find('paid')).textContent).toBe('已记账，没有收钱');
  });

  test('a printed code is never called paid', async () => {
    await screen.charge('5');
    tap(await screen.find('way-static-code'));
    tap(await screen.armed('confirm'));
    const done = await screen.find('done');
    expect(done.getAttribute('tone')).toBe('warn');
    expect((await screen.find('paid')).textContent).toContain('未核实');
  });

  test('Escape goes back to cash, Enter goes ahead', async () => {
    await screen.charge('5');
    tap(await screen.find('way-terminal'));
    await screen.armed('confirm');
    press('Escape');
    await screen.find('confirm-cash');
    tap(await screen.find('way-terminal'));
    await screen.find('confirm');
    press('Enter');
    expect(screen.fake.checkout.state.value).toMatchObject({ at: 'paying', attempt: { method: 'terminal' } });
  });
});

describe('paying in parts', () => {
  test('shows what is paid and what remains, and leaving is a decision', async () => {
    await screen.charge('10');
    tap(await screen.find('split'));
    for (const key of ['4', 'Enter']) press(key);
    await vi.waitFor(() => expect(screen.now('due')?.textContent).toBe('¥4.00'));
    tap(await screen.armed('confirm-cash'));
    await vi.waitFor(() => expect(screen.now('due')?.textContent).toBe('¥6.00'));
    tap(await screen.armed('back'));
    tap(await screen.find('set-aside'));
    expect(screen.fake.sent.at(-1)?.type).toBe('set-aside');
    await screen.find('charge');
  });

  test('a share is typed with one tap', async () => {
    await screen.charge('10');
    tap(await screen.find('split'));
    const [half] = await vi.waitFor(() => {
      const shares = screen.all('share');
      expect(shares).toHaveLength(4);
      return shares;
    });
    tap(half);
    await vi.waitFor(() => expect(screen.now('due')?.textContent).toBe('¥5.00'));
  });

  test('a tip goes on top, until money has been taken', async () => {
    await screen.charge('10');
    tap(await screen.find('tip'));
    for (const key of ['2', 'Enter']) press(key);
    await vi.waitFor(() => expect(screen.now('due')?.textContent).toBe('¥12.00'));
    tap(await screen.armed('confirm-cash'));
    expect((await screen.find('total')).textContent).toContain('12.00');
  });
});

describe('a result that is not known', () => {
  test('says so in the exact words, and never failed', async () => {
    screen.show('paying-unknown');
    const title = await screen.find('live-title');
    expect(title.textContent).toMatch(/^结果未知，请勿重复收款，正在查询（\d+ 秒）$/);
    expect(screen.shown?.app.shadowRoot?.textContent).not.toContain('失败');
    tap(await screen.armed('inquire-now'));
    tap(await screen.armed('reverse'));
    tap(await screen.armed('set-aside'));
    expect(screen.sent).toEqual(['inquire-now', 'reverse', 'set-aside']);
  });

  test('counts down', async () => {
    screen.show('paying-unknown');
    const first = (await screen.find('live-title')).textContent;
    await vi.waitFor(() => expect(screen.now('live-title')?.textContent).not.toBe(first), { timeout: 3_000 });
  });

  test('is told to a screen reader once, without the seconds', async () => {
    screen.show('paying-unknown');
    await screen.find('paying');
    const heard = screen.shown?.findAll('[role="alert"]').map((each) => each.textContent);
    expect(heard).toContain('结果未知，请勿重复收款，正在查询');
  });

  test('offers another tender only once it is being undone', async () => {
    screen.show('paying-reversing');
    tap(await screen.armed('back'));
    expect(screen.fake.checkout.state.value.at).toBe('tendering');
  });

  test.each([
    ['a phone', 390, 844],
    ['a small phone', 360, 740],
    ['a counter tablet', 1280, 800],
  ])('stuck: the pad for the manager’s PIN is whole in sight on %s', async (_, width, height) => {
    await page.viewport(width, height);
    screen.show('paying-stuck');
    const evidence = (await screen.find('evidence')) as HTMLInputElement;
    evidence.value = '微信商户平台：已支付';
    evidence.dispatchEvent(new InputEvent('input'));
    const approve = await screen.find('decide-approved');
    await vi.waitFor(() => expect(approve.hasAttribute('disabled')).toBe(false));
    tap(approve);
    const inSight = (testId: string): boolean => {
      const box = screen.now(testId)?.getBoundingClientRect();
      return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= height;
    };
    await vi.waitFor(() => {
      for (const key of ['pin-1', 'pin-9', 'pin-0', 'grant-cancel'])
        expect([key, inSight(key)]).toEqual([key, true]);
    });
    // Nothing but the way back beside it; taking it gives the page back.
    expect(screen.now('inquire-now')?.offsetParent ?? null).toBeNull();
    tap(screen.now('grant-cancel'));
    await vi.waitFor(() => expect(screen.now('inquire-now')?.offsetParent ?? null).not.toBeNull());
    await page.viewport(414, 896);
  });

  test('stuck: a manager writes what the bank says, decides, and is asked for the PIN', async () => {
    screen.show('paying-stuck');
    const approve = await screen.find('decide-approved');
    expect(approve.hasAttribute('disabled')).toBe(true);
    await screen.write('evidence', '微信商户平台：已支付');
    await vi.waitFor(() => expect(approve.hasAttribute('disabled')).toBe(false));
    tap(approve);
    await screen.pin('000000');
    await vi.waitFor(() => expect(screen.now('grant-problem')?.dataset['code']).toBe('wrong-pin'));
    await screen.pin('472915');
    await vi.waitFor(() => expect(screen.fake.money.decided).toHaveLength(1));
    expect(screen.fake.money.decided[0]).toMatchObject({ as: 'approved', evidence: '微信商户平台：已支付' });
    expect((await screen.find('decide-entries')).textContent).toContain('需要店长');
  });
});

describe('an attempt that ended without money', () => {
  test.each(['declined', 'reversed', 'refunded', 'abandoned'] as const)(
    '%s has its own word and shape',
    async (result) => {
      screen.show(`refused-${result}`);
      const page = await screen.find('refused');
      expect(page.dataset['result']).toBe(result);
      const words = { declined: '没有收到钱', reversed: '已撤销', refunded: '已退回', abandoned: '没有收款' };
      expect((await screen.find('refused-word')).textContent).toBe(words[result]);
      tap(await screen.armed('other-tender'));
      expect(screen.sent).toEqual(['next']);
    },
  );

  test('a reason nobody foresaw has words, and its code', async () => {
    screen.show('refused-unheard');
    expect((await screen.find('refused-reason')).textContent).toBe('对方没有同意');
    expect((await screen.find('refused-code')).textContent).toContain('brand-new-code');
  });
});
