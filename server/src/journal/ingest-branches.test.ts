import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headOf } from '../../../src/domain/chain.ts';
import { minor } from '../../../src/domain/money.ts';
import { accepted, officeCode, refused } from '../testing/answers.ts';
import type { FakeTill } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;

beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

describe('figures that do not agree', () => {
  const wrong = () => ({
    ...till.sale([500]),
    total: minor(400),
    payments: [{ ...till.sale([400]).payments[0]! }],
  });

  it('are refused, kept aside whole, and raise one alarm however often they come', async () => {
    const bad = await till.write({ type: 'sale.completed', body: wrong() });
    for (let replay = 0; replay < 3; replay += 1) {
      expect(await refused(await till.send([bad]))).toMatchObject({
        code: 'entry-invalid',
        status: 422,
        at: 0,
        quarantined: true,
      });
    }
    expect(await server.counts()).toMatchObject({
      quarantine: 1,
      alarm: 1,
      journal: 0,
      sale: 0,
      day_total: 0,
    });
  });

  it('never block the good entries before and after them', async () => {
    const good = await till.sell(1);
    const bad = await till.write({ type: 'sale.completed', body: wrong() });
    const worse = await till.write({ type: 'sale.completed', body: wrong() });
    const after = await till.sell(2);
    expect(await refused(await till.send([...good, bad, worse, ...after]))).toMatchObject({
      at: 1,
      quarantined: true,
    });
    expect(await server.counts()).toMatchObject({ journal: 0, quarantine: 1 });
    await accepted(await till.send(good));
    expect(await refused(await till.send([worse, ...after]))).toMatchObject({ at: 0, quarantined: true });
    const { countersigned } = await accepted(await till.send(after));
    expect(countersigned.head).toEqual(headOf(after[1]!));
    expect(await server.counts()).toMatchObject({ journal: 3, quarantine: 2, sale: 3 });
  });

  it('are found too when a product is beyond what a till may carry', async () => {
    const sale = till.sale([500]);
    const bad = await till.write({
      type: 'sale.completed',
      body: {
        ...sale,
        lines: [{ ...sale.lines[0]!, price: minor(999_999_999_999), quantityMilli: 99_999_999 }],
      },
    });
    expect(await refused(await till.send([bad]))).toMatchObject({ code: 'entry-invalid', quarantined: true });
  });
});

describe('forks', () => {
  it('keep the later branch aside, whole, with one alarm, and let the till go on in a new epoch', async () => {
    const shared = await till.sell(2);
    await accepted(await till.send(shared));
    const real = await till.sell(2);
    await accepted(await till.send(real));
    till.moveTo(headOf(shared[1]!));
    const branch = await till.sell(4);
    for (let replay = 0; replay < 3; replay += 1) {
      expect(await refused(await till.send([...shared, ...branch]))).toMatchObject({
        code: 'fork',
        status: 409,
        at: 2,
        quarantined: true,
        head: headOf(real[1]!),
      });
    }
    expect(await server.counts()).toMatchObject({ journal: 4, quarantine: 4, alarm: 1, sale: 4 });
    till.beginEpoch();
    const later = await till.sell(2);
    expect(await accepted(await till.send(later))).toMatchObject({ appended: 2 });
    expect(await server.counts()).toMatchObject({ journal: 6, alarm: 2 });
  });

  it('are still forks where the branch has outgrown the journal and comes without its beginning', async () => {
    const [first, second] = await till.sell(2);
    await accepted(await till.send([first, second]));
    till.moveTo(headOf(first!));
    const branch = await till.sell(1);
    expect(await refused(await till.send(branch))).toMatchObject({ code: 'fork' });
    const more = await till.sell(1);
    expect(await refused(await till.send(more))).toMatchObject({ code: 'fork', quarantined: true });
    expect(await server.counts()).toMatchObject({ quarantine: 2, journal: 2 });
  });
});

describe('new epochs', () => {
  const gapOf = async () =>
    server.database.read((sql) =>
      sql.all<{ gap: string | null }>('SELECT gap FROM till_epoch ORDER BY ordinal'),
    );

  it('join the head without an alarm, in the same batch or a later one', async () => {
    const before = await till.sell(2);
    till.beginEpoch();
    const after = await till.sell(2);
    expect(await accepted(await till.send([...before, ...after]))).toMatchObject({ appended: 4 });
    till.beginEpoch();
    await accepted(await till.send(await till.sell(1)));
    expect(await gapOf()).toEqual([{ gap: null }, { gap: null }, { gap: null }]);
    expect(await server.counts()).toMatchObject({ alarm: 0 });
  });

  it('are taken with an alarm that says why they do not join', async () => {
    const entries = await till.sell(3);
    await accepted(await till.send(entries));
    till.beginEpoch(entries[1]!.hash);
    await accepted(await till.send(await till.sell(1)));
    till.beginEpoch('b'.repeat(64));
    await accepted(await till.send(await till.sell(1)));
    till.beginEpoch('0'.repeat(64));
    await accepted(await till.send(await till.sell(1)));
    expect((await gapOf()).map((each) => each.gap)).toEqual([
      null,
      'till-behind',
      'server-behind',
      'started-over',
    ]);
    expect(await server.counts()).toMatchObject({ alarm: 3, journal: 6 });
  });

  it('close the epoch before them: what comes late is kept aside and blocks nothing', async () => {
    const first = await till.sell(2);
    await accepted(await till.send(first));
    const late = await till.sell(2);
    till.beginEpoch();
    const next = await till.sell(1);
    await accepted(await till.send(next));
    expect(await refused(await till.send([...late, ...next]))).toMatchObject({
      code: 'fork',
      at: 0,
      quarantined: true,
    });
    expect(await server.counts()).toMatchObject({ quarantine: 2, journal: 3 });
    expect(await accepted(await till.send([...first, ...next, ...(await till.sell(1))]))).toMatchObject({
      appended: 1,
      known: 3,
    });
  });

  it('must begin at 1', async () => {
    till.seq = 3;
    expect(await refused(await till.send(await till.sell(1)))).toMatchObject({ code: 'sequence-gap' });
  });

  it('cannot be begun by a retired key, which may still finish its own', async () => {
    await accepted(await till.send(await till.sell(1)));
    const unsent = await till.sell(1);
    const code = await officeCode(server.call, till, till.till);
    const reborn = await server.enrolTill(code);
    expect(reborn.till).toBe(till.till);
    await accepted(await till.send(unsent));
    await accepted(await reborn.send(await reborn.sell(1)));
    till.beginEpoch();
    expect(await refused(await till.send(await till.sell(1)))).toMatchObject({ code: 'unknown-key' });
    await expect(till.token()).rejects.toThrow('401');
  });
});
