import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { Keyboard } from './page-models/keyboard.ts';
import { PIN } from './page-models/till-page.ts';
import { serverSales } from './shop-records.ts';

test.use({ viewport: { width: 1280, height: 800 } });

test('a cash sale without a pointer, from the lock to the next customer, and what a screen reader is told of it', async ({
  till,
  server,
}) => {
  const { page } = till;
  const keyboard = new Keyboard(page);
  await keyboard.press(till.by('nav-lock'));
  await expect(page.getByRole('heading', { level: 1, name: '小面馆' })).toBeFocused();
  await keyboard.paste(PIN);

  await expect(page.getByRole('heading', { level: 1, name: '收款' })).toBeFocused();
  await keyboard.type('1', '2', '.', '5', 'F2');
  await expect(till.by('said')).toHaveText('已记 ¥12.50，合计 ¥12.50');
  await keyboard.type('3');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "收款" [level=1]
      - status "合计 ¥15.50": ¥15.50
      - region "本单明细":
        - group "本单明细":
          - list:
            - listitem:
              - button "去掉 收款 ¥12.50"
      - group "金额键盘":
        - button "7"
        - button "退格"
        - button "记一笔"
      - button "收款 ¥15.50"
  `);
  await keyboard.type('Enter');

  await expect(page.getByRole('heading', { level: 1, name: '收款' })).toBeFocused();
  await expect(till.by('said')).toHaveText('应收 ¥15.50');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading [level=1]
    - status "应收 ¥15.50"
    - group:
      - button "现金" [pressed]
  `);
  await keyboard.type('2', '0');
  await expect(till.by('confirm-cash')).toHaveAttribute('aria-disabled', 'false');
  await keyboard.type('Enter');

  await expect(till.by('done')).toBeVisible();
  await expect(till.by('said')).toContainText('¥4.50');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - paragraph:
        - text: 已收款
        - strong: ¥15.50
      - status "找零 ¥4.50": ¥4.50
      - heading "已收款" [level=1]
      - button "下一笔"
  `);
  await expect(till.by('next')).toHaveAttribute('aria-disabled', 'false');
  await keyboard.type('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '收款' })).toBeFocused();
  await till.synced();
  expect(serverSales(server.dataDir).map(({ total }) => total)).toEqual([1_550]);
});

test('Tab goes once through everything on the till, in the order of sight, and out again', async ({
  till,
}) => {
  const { page } = till;
  const keyboard = new Keyboard(page);
  await keyboard.type('5', 'F2', '8');
  await keyboard.walk();
  const stops = await keyboard.walk();
  const order = [
    'status',
    'discount',
    'clear',
    'remove',
    'key-7',
    'key-add',
    'charge',
    'nav-till',
    'nav-lock',
  ];
  const places = order.map((testId) => stops.findIndex((stop) => stop.split(' ')[1] === testId));
  expect(places, stops.join(' | ')).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(new Set(stops).size).toBe(stops.length);
});

test('what is taken away does not take the focus with it', async ({ till }) => {
  const { page } = till;
  const keyboard = new Keyboard(page);
  await keyboard.type('5', 'F2', '8', 'F2');
  await keyboard.press(till.by('remove').first());
  await expect(till.by('said')).toContainText('¥8.00');
  await expect(till.by('remove')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(till.by('remove')).toHaveCount(0);
  await expect(till.by('undo')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(till.by('remove')).toHaveCount(1);

  await keyboard.press(till.by('clear'));
  await expect(till.by('remove')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: '收款' })).toBeFocused();
  await keyboard.press(till.by('undo'));
  await expect(till.by('remove')).toHaveCount(1);
});

test('a window takes the focus, keeps it, and gives it back', async ({ till }) => {
  const { page } = till;
  const keyboard = new Keyboard(page);
  await keyboard.press(till.by('status'));
  const close = till.by('dialog-close').filter({ visible: true });
  await expect(close).toBeFocused();
  for (let count = 0; count < 8; count += 1) {
    await page.keyboard.press('Tab');
    await expect(till.by('charge')).not.toBeFocused();
    await expect(till.by('nav-till')).not.toBeFocused();
  }
  await keyboard.type('Escape');
  await expect(close).toHaveCount(0);
  await expect(till.by('status')).toBeFocused();
});
