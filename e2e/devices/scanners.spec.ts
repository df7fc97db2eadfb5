import { expect } from '@playwright/test';
import { wedge } from '../page-models/wedge.ts';
import { test } from './fixtures.ts';

for (const [name, wallet] of [
  ['scanner-hid', 'wechat'],
  ['scanner-serial', 'alipay'],
] as const) {
  test(`${name}: heard on its page, replugged without a click, and a pay code is paid`, async ({
    devices,
    pay,
    shop,
  }) => {
    await devices.connect('scanner', `${name}/${name.slice(8)}`, name);
    await devices.replug('scanner', name);
    const scan = (text: string) =>
      pay.till.page.evaluate(([scanner, code]) => counterBench[scanner].scan(code), [name, text] as const);
    await scan('0012345678905');
    await devices.heard('0012345678905');
    await devices.till.go('till');
    await pay.charge('4');
    await pay.choose('customer-code');
    await scan(shop.code(wallet));
    await pay.done();
    expect((await shop.sandbox.books()).at(-1)).toMatchObject({ kind: 'code', state: 'paid', net: 400 });
  });
}

test('a scanner that types, under a Chinese input method and without one: the pay code arrives whole', async ({
  pay,
  shop,
}) => {
  for (const ime of [true, false]) {
    await pay.charge('3');
    await pay.choose('customer-code');
    // The focus is in a field: the worst place for a code.
    await pay.by('pay-code').click();
    await wedge(pay.till.page, shop.code('wechat'), ime);
    await pay.done();
    expect((await shop.sandbox.books()).at(-1)).toMatchObject({ kind: 'code', state: 'paid', net: 300 });
    await pay.till.next();
  }
});
