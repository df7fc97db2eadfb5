import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('a tip after the sale is taken from the card that paid, once', async ({ pay, shop }) => {
  await pay.charge('50');
  await pay.choose('reader');
  await pay.press('confirm');
  await pay.done();
  await pay.till.next();
  await pay.openLastOrder();
  await pay.by('tip-add').click();
  await expect(pay.by('tip-do')).toBeDisabled();
  await pay.by('tip-amount').fill('6.5');
  await expect(pay.by('tip-do')).toContainText('6.50');
  await pay.by('tip-do').click();
  await pay.authorised();
  const paid = (await shop.sandbox.books()).filter(({ host, amount }) => host === 'bank' && amount === 5_650);
  expect(paid).toMatchObject([{ paid: 5_650, net: 5_650 }]);
  // A card takes one tip: the second is refused before anything leaves.
  await pay.openLastOrder();
  await pay.by('tip-add').click();
  await pay.by('tip-amount').fill('1');
  await pay.by('tip-do').click();
  await expect(pay.by('auth-problem')).toHaveAttribute('data-code', 'tip-not-possible');
});
