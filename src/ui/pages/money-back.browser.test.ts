import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { minor } from '../../domain/money.ts';
import { press, tap } from '../testing/mount.ts';
import { Screen } from '../testing/screen.ts';

let screen: Screen;
beforeEach(() => {
  screen = new Screen();
});
afterEach(() => screen.close());

describe('what is unfinished', () => {
  test('is counted in the strip on every page, without the sale in hand', async () => {
    screen.show('open', '#/settings');
    expect((await screen.find('lamp-open')).dataset['count']).toBe('3');
    screen.renew();
    screen.show('paying-unknown');
    await screen.find('paying');
    expect(screen.now('lamp-open')).toBeUndefined();
  });

  test('leaves money that is on its way back out of the doubt, and out of the count', async () => {
    screen.show('open');
    expect((await screen.find('open-on-its-way')).textContent).toContain('已受理，退回中');
    expect(screen.all('open-attempt')).toHaveLength(2);
    expect((await screen.find('open-attempts')).textContent).not.toContain('已受理');
  });

  test('adds up to the suspense, and is resumed only with empty hands', async () => {
    screen.show('open');
    expect((await screen.find('suspense')).textContent).toBe('¥95.60');
    const [resume] = screen.all('resume');
    tap(resume);
    await vi.waitFor(() => expect(screen.fake.money.calls[0]).toMatch(/^resume/));
    expect(location.hash).toBe('#/till');
    location.hash = '#/open';
    screen.fake.type('5');
    await screen.find('open-sales');
    await vi.waitFor(() =>
      expect(screen.all('resume').every((each) => each.hasAttribute('disabled'))).toBe(true),
    );
  });

  test('play money is said to be so on every page, and training says it itself', async () => {
    screen.show('till-demo');
    expect((await screen.find('demo')).textContent).toBe('演示环境，不是真钱');
    screen.fake.session.training = true;
    screen.show();
    await screen.find('training');
    expect(screen.now('demo')).toBeUndefined();
  });
});

describe('money that goes back', () => {
  test('is said to be accepted and on its way, and no more, while the channel is at it', async () => {
    screen.show('refund-on-its-way');
    const done = await screen.find('refund-done');
    expect(done.textContent).toContain('退款已受理');
    expect(done.textContent).not.toContain('已退');
    expect((await screen.find('refund-on-its-way')).textContent).toBe('退回中');
  });

  test('part of a sale, with its split, its reason and more than was paid refused', async () => {
    screen.show('order-money');
    tap(await screen.find('refund'));
    expect((await screen.find('refund-total')).textContent).toBe('¥47.80');
    expect(screen.all('refund-part')).toHaveLength(2);
    (await screen.find('refund-by-amount')).click();
    await screen.write('refund-amount', '99');
    await vi.waitFor(() => expect(screen.now('refund-problem')?.dataset['code']).toBe('more-than-paid'));
    expect((await screen.find('refund-start')).hasAttribute('disabled')).toBe(true);
    await screen.write('refund-amount', '10.5');
    await screen.write('refund-reason', '尺码不对');
    tap(await screen.enabled('refund-start'));
    expect(screen.fake.money.sent).toEqual([
      expect.objectContaining({
        type: 'start',
        kind: 'refund',
        choice: { by: 'amount', amount: minor(1_050) },
        reason: '尺码不对',
      }),
    ]);
  });

  test('a sum that belongs to another choice is never offered', async () => {
    let answer = (): void => undefined;
    const { refunds } = screen.fake.money;
    const real = refunds.quote.bind(refunds);
    screen.show('order-money');
    tap(await screen.find('refund'));
    await screen.enabled('refund-start');
    vi.spyOn(refunds, 'quote').mockImplementation(async (saleId, choice) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return real(saleId, choice);
    });
    (await screen.find('refund-by-amount')).click();
    await vi.waitFor(() => expect(screen.now('refund-start')?.hasAttribute('disabled')).toBe(true));
    await screen.write('refund-amount', '10.5');
    expect(screen.now('refund-start')?.hasAttribute('disabled')).toBe(true);
    answer();
    expect((await screen.enabled('refund-start')).textContent).toContain('10.50');
  });

  test('by pieces: never more than are left', async () => {
    screen.show('order-money');
    tap(await screen.find('refund'));
    (await screen.find('refund-by-lines')).click();
    await screen.find('refund-lines');
    for (let times = 0; times < 3; times += 1) {
      tap(screen.all('line-more')[0]);
      await screen.shown?.app.updateComplete;
    }
    await vi.waitFor(() => expect(screen.now('line-count')?.textContent).toContain('2/ 2'));
    expect(screen.all('line-more')[0]?.hasAttribute('disabled')).toBe(true);
    tap(await screen.find('refund-start'));
    expect(screen.fake.money.sent[0]).toMatchObject({
      choice: { by: 'lines', lines: [{ quantityMilli: 2_000 }] },
    });
  });

  test('a manager allows it by PIN, and a refused part goes back in cash', async () => {
    screen.show('refund-granting');
    expect((await screen.find('grant-problem')).dataset['code']).toBe('wrong-pin');
    await screen.pin('472915');
    expect(screen.fake.money.sent).toEqual([{ type: 'grant', pin: '472915' }]);
    screen.renew();
    screen.show('refund-part-refused');
    await screen.pin('472915');
    expect(screen.fake.money.sent).toEqual([{ type: 'pay-cash', pin: '472915' }]);
  });

  test('a card payment keeps its slip details', async () => {
    screen.show('order-money');
    const details = (await screen.find('slip-details')).textContent;
    for (const text of ['622575******1234', '000173', '000021', '402817', '093047311288'])
      expect(details).toContain(text);
  });
});

describe('pre-authorisation', () => {
  test('holds an amount, takes part of it, and cancels with a PIN', async () => {
    screen.show('authorisations');
    await screen.write('auth-amount', '500');
    tap(await screen.enabled('authorise'));
    tap(await screen.find('auth-complete'));
    await screen.write('complete-amount', '420');
    tap(await screen.find('complete-do'));
    tap(await screen.find('auth-cancel'));
    await screen.pin('472915');
    expect(screen.fake.money.sent).toEqual([
      { type: 'authorise', amount: 50_000, method: 'reader' },
      { type: 'complete', original: 'b'.repeat(32), amount: 42_000 },
      { type: 'cancel', original: 'b'.repeat(32), pin: '472915' },
    ]);
  });
});

describe('a discount', () => {
  test('comes off the whole sale, is shown, and is taken away again', async () => {
    screen.fake.type('20');
    await screen.fake.checkout.send({ type: 'add' });
    screen.show();
    const discount = await screen.find('discount');
    expect(discount.hasAttribute('disabled')).toBe(true);
    press('5');
    await vi.waitFor(() => expect(discount.hasAttribute('disabled')).toBe(false));
    tap(discount);
    await vi.waitFor(() => expect(screen.now('amount')?.textContent).toBe('¥15.00'));
    expect(discount.textContent).toContain('5.00');
    tap(discount);
    await vi.waitFor(() => expect(screen.now('amount')?.textContent).toBe('¥20.00'));
  });
});
