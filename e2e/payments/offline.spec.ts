import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('without the network codes and the reader are shut; cash and credit go on, and are sent later', async ({
  pay,
  shop,
}) => {
  const { context } = shop.counter;
  await pay.till.installed();
  await context?.setOffline(true);
  await expect(pay.by('lamp-network')).not.toHaveAttribute('data-tone', 'calm');
  await pay.charge('33');
  for (const way of ['customer-code', 'shop-code', 'reader'])
    await expect(pay.by(`way-${way}`)).toHaveAttribute('data-why', 'shut');
  await pay.scan(shop.code('wechat'));
  await expect(pay.by('problem')).toHaveAttribute('data-code', 'offline');
  await pay.choose('credit');
  await pay.by('account').fill('二楼李姐');
  await pay.press('confirm');
  await pay.done();
  await pay.till.next();
  await pay.till.sell('7.5');
  await context?.setOffline(false);
});

test('an answer that is lost on its way from the server is asked after when the network is back', async ({
  pay,
  shop,
}) => {
  const { context } = shop.counter;
  if (context === undefined) throw new Error('not open');
  await pay.till.installed();
  await context.route('**/api/attempts', async (route) => {
    await route.fetch();
    await context.setOffline(true);
    await route.abort('connectionreset');
  });
  await pay.charge('52');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await pay.waits('unknown');
  await expect(pay.by('live-title')).toContainText('请勿重复收款');
  await context.unroute('**/api/attempts');
  await context.setOffline(false);
  await pay.done();
  const orders = (await shop.sandbox.books()).filter(({ amount }) => amount === 5_200);
  expect(orders).toMatchObject([{ state: 'paid', net: 5_200 }]);
});
