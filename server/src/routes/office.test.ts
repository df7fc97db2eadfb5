import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minor } from '../../../src/domain/money.ts';
import { SESSION_LIFETIME_MS, TICKET_LIFETIME_MS } from '../access/gate.ts';
import type { FakeTill } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;
beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

const enter = async (link?: string) => server.call(link ?? (await till.officeLink()));
const cookieOf = (response: Response) => response.headers.get('set-cookie')!.split(';')[0]!;
const text = async (path: string, cookie: string) =>
  (await server.call(path, { headers: { cookie } })).text();

describe('the way into the office', () => {
  it('is a link that works once and leaves a strict cookie', async () => {
    const link = await till.officeLink();
    const entered = await enter(link);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/office']);
    expect(entered.headers.get('set-cookie')).toMatch(
      /^xiaoji-office=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await enter(link)).status).toBe(403);
    expect(await text('/office', cookieOf(entered))).toContain('晨光小店');
  });

  it('binds the cookie to the host under TLS', async () => {
    const secure = await server.call(await till.officeLink(), { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.headers.get('set-cookie')).toMatch(/^__Host-xiaoji-office=.*Secure/);
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=63072000');
  });

  it('closes after a minute for a link, after eight hours for a window', async () => {
    const link = await till.officeLink();
    server.clock.advance(TICKET_LIFETIME_MS);
    expect((await enter(link)).status).toBe(403);
    const cookie = cookieOf(await enter());
    server.clock.advance(SESSION_LIFETIME_MS);
    const closed = await server.call('/office', { headers: { cookie } });
    expect(closed.status).toBe(403);
    expect(await closed.text()).toContain('后台未打开');
  });

  it('is shut without a cookie, on every page of it', async () => {
    for (const path of ['/office', '/office/sales/x', '/office/day.csv?day=2026-11-22']) {
      expect((await server.call(path)).status).toBe(403);
    }
    expect((await server.call('/office/code', { method: 'POST' })).status).toBe(403);
  });
});

describe('the office page', () => {
  it('shows a day without sales in words, in both languages', async () => {
    const cookie = cookieOf(await enter());
    expect(await text('/office', cookie)).toContain('这一天还没有销售');
    const english = await text('/office?lang=en', cookie);
    expect(english).toContain('No sales on this day yet');
    expect(english).toContain('<html lang="en" dir="ltr">');
  });

  it('shows takings to the fen, and each sale with its number', async () => {
    const entries = await till.sell(3);
    await till.send([...entries, await till.write({ type: 'sale.completed', body: till.sale([5]) })]);
    const page = await text('/office?day=2026-11-22', cookieOf(await enter()));
    expect(page).toMatch(/data-testid="takings">[^<]*6\.05</);
    expect(page).toContain('4 笔');
    expect(page).toContain(`A1-${till.epoch}-000003`);
    expect(await text('/office?day=2026-11-21', cookieOf(await enter()))).toContain('这一天还没有销售');
  });

  it('shows what went back, what is left, and what stands in suspense', async () => {
    const sale = till.sale([500, 300]);
    const paid = sale.payments[0]!;
    const attempt = {
      attemptId: 'b'.repeat(32),
      saleId: sale.saleId,
      tender: 'wechat',
      purpose: 'refund',
      original: paid.attemptId,
      amount: minor(200),
      currency: 'CNY',
    } as never;
    const part = { attemptId: 'b'.repeat(32), original: paid.attemptId, tender: 'cash', amount: minor(300) };
    const refund = {
      refundId: 'c'.repeat(32),
      saleId: sale.saleId,
      kind: 'refund',
      day: '2026-11-22',
      currency: 'CNY',
      lines: [],
      amount: minor(300),
      parts: [part],
    } as never;
    await till.send([
      await till.write({ type: 'sale.completed', body: sale }),
      await till.write({ type: 'refund.completed', body: refund }),
      await till.write({ type: 'attempt.sending', body: { attempt } }),
      await till.write({ type: 'attempt.unknown', body: { attempt } }),
    ]);
    const page = await text('/office?day=2026-11-22', cookieOf(await enter()));
    expect(page).toMatch(/data-testid="refunds">[^<]*3\.00/);
    expect(page).toMatch(/data-testid="net">[^<]*5\.00/);
    expect(page).toMatch(/data-testid="suspense">[^<]*-[^<]*2\.00/);
    await till.send([await till.write({ type: 'attempt.approved', body: { attempt } })]);
    expect(await text('/office?day=2026-11-22', cookieOf(await enter()))).not.toContain(
      'data-testid="suspense"',
    );
  });

  it('escapes what people typed', async () => {
    const sale = till.sale([100]);
    const name = '<script>alert(1)</script>&"\'';
    const entry = await till.write({
      type: 'sale.completed',
      body: { ...sale, lines: [{ ...sale.lines[0]!, name }] },
    });
    await till.send([entry]);
    const page = await text(`/office/sales/${sale.saleId}`, cookieOf(await enter()));
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });

  it('tells of quarantine in words, and of a fast clock', async () => {
    const [first] = await till.sell(1);
    await till.send([first]);
    const bad = await till.write({ type: 'sale.completed', body: { ...till.sale([100]), total: minor(99) } });
    await till.send([bad]);
    const fast = await till.write(
      { type: 'sale.completed', body: till.sale([100]) },
      { at: server.clock.now() + 3_600_000 },
    );
    await till.send([fast]);
    const page = await text('/office?lang=en', cookieOf(await enter()));
    expect(page).toContain('Records kept aside: 1.');
    expect(page).toContain('The figures of a sale do not agree.');
    expect(page).toContain('at least 60 min ahead');
  });

  it('shows a sale with the person who sold it and every record about it', async () => {
    const owner = { id: 'owner-1' as never, name: '陈店主', role: 'owner' as const };
    const sale = till.sale([250, 100]);
    const { payments, ...open } = sale;
    expect(payments).toHaveLength(1);
    const entries = [
      await till.write({ type: 'operator.added', body: owner }),
      await till.write({ type: 'sale.opened', body: open }),
      await till.write({ type: 'sale.completed', body: sale }),
    ];
    expect((await till.send(entries)).status).toBe(200);
    const page = await text(`/office/sales/${sale.saleId}?lang=en`, cookieOf(await enter()));
    for (const expected of [
      '陈店主',
      'sale.opened',
      'sale.completed',
      '3.50',
      entries[2]!.hash.slice(0, 16),
    ]) {
      expect(page).toContain(expected);
    }
    expect(await text('/office/sales/0000', cookieOf(await enter()))).toContain('没有找到');
  });

  it('exports the day for a spreadsheet without letting a name act as a formula', async () => {
    const owner = { id: 'owner-1' as never, name: '=HYPERLINK("http://x","y")', role: 'owner' as const };
    await till.send([await till.write({ type: 'operator.added', body: owner }), ...(await till.sell(1))]);
    const cookie = cookieOf(await enter());
    const response = await server.call('/office/day.csv?day=2026-11-22&lang=en', { headers: { cookie } });
    expect(response.headers.get('content-disposition')).toContain('sales-2026-11-22.csv');
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(csv.startsWith('\uFEFFBusiness day,Number,')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")",1,Cash,1.00,CNY`);
  });
});

describe('making a code', () => {
  const post = (cookie: string, form: string, headers: Record<string, string> = {}) =>
    server.call('/office/code', {
      method: 'POST',
      headers: { cookie, ...headers },
      body: new URLSearchParams({ form }),
    });

  it('needs the token of the form and a page of this server', async () => {
    const cookie = cookieOf(await enter());
    const form = /name="form" value="([^"]+)"/.exec(await text('/office', cookie))![1]!;
    expect((await post(cookie, 'guess')).status).toBe(403);
    expect((await post(cookie, form, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post(cookie, form, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post(cookie, form, { origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await server.counts())['enrolment_code']).toBe(2);
  });

  it('is refused for a till that is not there', async () => {
    const cookie = cookieOf(await enter());
    const form = /name="form" value="([^"]+)"/.exec(await text('/office', cookie))![1]!;
    const body = new URLSearchParams({ form, till: 'Z9' });
    expect((await server.call('/office/code', { method: 'POST', headers: { cookie }, body })).status).toBe(
      404,
    );
  });
});
