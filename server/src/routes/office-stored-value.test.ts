import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeTill } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;
let cookie: string;
const open = async (demo = false) => {
  server = await openTestApp({ demo });
  till = await server.enrolTill();
  const entered = await server.call(await till.officeLink());
  cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
};
beforeEach(() => open());
afterEach(() => server.close());

const page = async (query = '') => (await server.call(`/office${query}`, { headers: { cookie } })).text();
const section = async (query = '') => /<section id="stored-value".*?<\/section>/s.exec(await page(query))![0];
const field = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)![1]!;

/** The fields that a fresh page puts into its form, with what the owner adds. */
async function filled(more: Record<string, string>): Promise<Record<string, string>> {
  const text = await section();
  return { form: field(text, 'form'), reference: field(text, 'reference'), ...more };
}
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  server.call('/office/stored-value?lang=en', {
    method: 'POST',
    headers: { cookie, ...headers },
    body: new URLSearchParams(fields),
  });
const make = async (what: string, account: string, amount = '') =>
  send(await filled({ do: what, account, amount }));

describe('stored value in the office', () => {
  it('begins empty, and says that a top-up is not in the takings', async () => {
    expect(await section()).toContain('不计入当天营业额');
    expect(await section('?lang=en')).toMatch(/not in the takings of the day.*No cards yet/s);
  });

  it('issues a card and tops it up; the list shows the balance and what is owed on all', async () => {
    const issued = await make('issue', '8001', '1,000');
    expect([issued.status, issued.headers.get('location')]).toEqual([303, '/office?lang=en#stored-value']);
    await make('issue', '<王> & 李', '0');
    expect((await make('top-up', '８００１', '12.5')).status).toBe(303);
    const shown = await section();
    expect(shown).toMatch(/8001<\/th><td class="number">[^<]*1,012\.50/);
    expect(shown).toContain('&lt;王&gt; &amp; 李');
    expect(shown).toMatch(/stored-value-owed">[^<]*1,012\.50<\/b> <span class="quiet">2 张/);
    const page = await server.call('/office', { headers: { cookie } });
    expect(await page.text()).toMatch(/data-testid="takings">[^<]*0\.00</);
  });

  it('moves once for a form that is sent twice, and refuses it with other content', async () => {
    await make('issue', '8001', '100');
    const fields = await filled({ do: 'top-up', account: '8001', amount: '20' });
    expect([(await send(fields)).status, (await send(fields)).status]).toEqual([303, 303]);
    const other = await send({ ...fields, amount: '30' });
    expect([other.status, await other.text()]).toEqual([422, expect.stringContaining('used before')]);
    expect(await section()).toMatch(/8001<\/th><td class="number">[^<]*120\.00/);
  });

  it('closes a card and opens it again', async () => {
    await make('issue', '8001', '100');
    expect((await make('close', '8001')).status).toBe(303);
    expect(await section('?lang=en')).toMatch(/8001 <span class="quiet">\(closed\).*Open again/s);
    expect(await (await make('top-up', '8001', '1')).text()).toContain('This card is closed');
    await make('reopen', '8001');
    expect((await make('top-up', '8001', '1')).status).toBe(303);
  });

  it.each([
    ['issue', '8001', '1', 'such a card already'],
    ['top-up', '9999', '1', 'no such card'],
    ['close', '9999', '', 'no such card'],
    ['issue', '   ', '1', '1 to 40 characters'],
    ['issue', 'x'.repeat(41), '1', '1 to 40 characters'],
    ['issue', 'a\u0007b', '1', '1 to 40 characters'],
    ['top-up', '8001', '0', 'Not an amount'],
    ['top-up', '8001', '-5', 'Not an amount'],
    ['top-up', '8001', '1.005', 'Not an amount'],
    ['top-up', '8001', '1,5', 'Not an amount'],
    ['top-up', '8001', '', 'Not an amount'],
    ['top-up', '8001', '9999999999.99', 'More than a card can hold'],
    ['top-up', '8001', '99999999999.99', 'Not an amount'],
  ])('refuses to %s %j with %j, in words, and writes nothing', async (what, account, amount, words) => {
    await make('issue', '8001', '100');
    const before = await server.counts();
    const refused = await make(what, account, amount);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(words)]);
    expect(await server.counts()).toEqual(before);
  });

  it('takes only forms of its own pages', async () => {
    const fields = await filled({ do: 'issue', account: '8001', amount: '1' });
    expect((await send({ ...fields, form: 'guess' })).status).toBe(403);
    expect((await send(fields, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await send({ ...fields, do: 'steal' })).status).toBe(400);
    expect((await send({ ...fields, reference: 'x' })).status).toBe(400);
    expect((await send(fields, { cookie: '' })).status).toBe(403);
    expect((await server.counts())['stored_value_account']).toBe(0);
  });

  it('leaves no name of a card in the log', async () => {
    await make('issue', '隔壁老王', '1');
    expect(server.logs.join('')).toContain('"stored-value"');
    expect(server.logs.join('')).not.toContain('隔壁老王');
  });

  it('shows the card that demo mode begins with', async () => {
    await server.close();
    await open(true);
    expect(await section()).toMatch(/8888<\/th><td class="number">[^<]*1,000\.00/);
    expect((await server.counts())['stored_value_move']).toBe(1);
  });
});
