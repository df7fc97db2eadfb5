import { PaymentPage } from './page-models/payment-page.ts';
import type { TillPage } from './page-models/till-page.ts';
import type { Look } from './page-models/whole-day.ts';
import type { SandboxClient } from './payments/sandbox-client.ts';

/** Pay codes that nobody has used. */
const WECHAT = [
  '134000000000000101',
  '134000000000000102',
  '134000000000000103',
  '134000000000000104',
] as const;
const ALIPAY = ['284000000000000101', '284000000000000102'] as const;

/** Every state of a payment, and what follows a sale. The till is at the keypad, before and after. */
export async function paymentShots(till: TillPage, shoot: Look, sandbox: SandboxClient): Promise<void> {
  const pay = new PaymentPage(till);
  await tenderShots(pay, shoot);
  await waitingShots(pay, shoot, sandbox);
  await doubtShots(pay, shoot, sandbox);
  await afterSaleShots(pay, shoot);
}

async function tenderShots(pay: PaymentPage, shoot: Look): Promise<void> {
  await pay.charge('48.5');
  await pay.choose('customer-code');
  await shoot('20-tender-code');
  for (const [number, way] of ['21', '22', '23'].map((each, at) => [each, WAYS[at] ?? 'cash'] as const)) {
    await pay.choose(way);
    await shoot(`${number}-tender-${way}`);
  }
  await pay.choose('cash');
  await pay.by('split').click();
  await pay.till.keys('20');
  await shoot('24-tender-part');
  await pay.press('confirm');
  await pay.press('confirm-cash');
  await pay.choose('shop-code');
  await shoot('25-tender-rest');
}
const WAYS = ['shop-code', 'static-code', 'credit'] as const;

async function waitingShots(pay: PaymentPage, shoot: Look, sandbox: SandboxClient): Promise<void> {
  await pay.press('confirm');
  await pay.by('pay-qr').waitFor();
  await shoot('26-waiting-qr');
  await sandbox.customer(await pay.shownCode(), 'pay');
  await pay.done();
  await shoot('27-done-split');
  await pay.till.next();
  await pay.charge('88');
  await pay.choose('reader');
  await pay.press('confirm');
  await pay.waits('ask');
  await shoot('28-reader');
  await pay.done();
  await shoot('29-done-card');
  await pay.till.next();
}

async function doubtShots(pay: PaymentPage, shoot: Look, sandbox: SandboxClient): Promise<void> {
  await sandbox.rule({ host: 'wechatpay', operation: 'pay' }, { booking: 'waiting' });
  await pay.charge('36');
  await pay.scan(WECHAT[0]);
  await pay.waits('unknown');
  await shoot('30-password');
  await pay.press('set-aside');
  await sandbox.rule({ operation: 'query' }, { answer: 'system-error' }, 0);
  await sandbox.rule({ operation: 'reverse' }, { answer: 'system-error', booking: 'never' }, 0);
  await sandbox.rule({ operation: 'pay' }, { answer: 'system-error', notice: 'never' }, 2);
  await pay.charge('29.9');
  await pay.scan(WECHAT[1]);
  await pay.waits('unknown');
  await shoot('31-unknown');
  await pay.press('reverse');
  await pay.waits('undoing');
  await shoot('32-undoing');
  await pay.press('set-aside');
  await pay.charge('158');
  await pay.scan(ALIPAY[0]);
  await pay.waits('stuck');
  await shoot('33-manager');
  await pay.by('evidence').fill('2026-11-22 18:04 ¥158.00');
  await pay.by('decide-approved').click();
  await shoot('34-manager-pin');
  await pay.by('grant-cancel').click();
  await pay.press('set-aside');
  await pay.till.go('orders');
  await pay.by('to-open').click();
  await pay.by('open-sale').first().waitFor();
  await shoot('35-open-sales');
  await sandbox.clearRules();
  await pay.till.go('till');
  await sandbox.rule({ operation: 'pay' }, { decline: 'NOTENOUGH', booking: 'never' });
  await pay.charge('66');
  await pay.scan(WECHAT[2]);
  await pay.refused('declined');
  await shoot('36-refused');
  await pay.cashInstead();
  await pay.till.next();
  await sandbox.rule({ operation: 'pay' }, { answer: 'drop', booking: 'never' });
  await pay.charge('67');
  await pay.scan(ALIPAY[1]);
  await pay.refused('reversed');
  await shoot('37-reversed');
  await pay.cashInstead();
  await pay.till.next();
}

async function afterSaleShots(pay: PaymentPage, shoot: Look): Promise<void> {
  await pay.payByCode('54', WECHAT[3]);
  await pay.openLastOrder();
  await shoot('38-order');
  await pay.by('refund').click();
  await pay.by('refund-by-amount').click();
  await pay.by('refund-amount').fill('20');
  await pay.by('refund-part').waitFor();
  await shoot('39-refund');
  await pay.by('refund-start').click();
  await pay.by('refund-done').waitFor();
  await shoot('40-refund-done');
  await pay.by('refund-close').click();
  await pay.openAuthorisations();
  await pay.by('auth-amount').fill('300');
  await pay.by('authorise').click();
  await pay.by('auth-done').waitFor();
  await shoot('41-held');
  await pay.by('auth-close').click();
  await shoot('42-authorisations');
  await pay.by('authorisation').first().getByTestId('auth-complete').click();
  await shoot('43-complete');
  await pay.till.page.context().setOffline(true);
  await pay.till.go('till');
  await pay.charge('12');
  await shoot('44-offline');
  await pay.till.page.context().setOffline(false);
}
