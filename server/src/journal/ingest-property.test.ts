import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import { rebuildProjections } from '../projections/rebuild.ts';
import type { FakeTill } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;

beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

const LENGTH = 24;

/** Entries of two epochs in journal order; the first is 1.00 yuan, the next 2.00 … within each epoch. */
async function chain(): Promise<SignedEntry[]> {
  const first = await till.sell(LENGTH / 2);
  till.beginEpoch();
  return [...first, ...(await till.sell(LENGTH / 2))];
}

const total = (entries: readonly SignedEntry[]): number =>
  entries.reduce((all, { entry }) => all + (entry.type === 'sale.completed' ? entry.body.total : 0), 0);

const tables = () =>
  server.database.read(async (sql) => ({
    journal: await sql.all<{ hash: string }>('SELECT hash FROM journal'),
    sale: await sql.all('SELECT * FROM sale ORDER BY merchant, sale_id'),
    payment: await sql.all('SELECT * FROM payment ORDER BY merchant, attempt_id'),
    day_total: await sql.all<{ amount: number; payments: number }>(
      'SELECT * FROM day_total ORDER BY merchant, day, currency, tender',
    ),
  }));

it('holds a prefix of the chain and its exact total after any sequence of slices, replays, reversals and doubles', async () => {
  const slice = fc.record({
    from: fc.nat(LENGTH - 1),
    length: fc.integer({ min: 1, max: 8 }),
    shape: fc.constantFrom('as it is', 'as it is', 'as it is', 'reversed', 'doubled'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(slice, { minLength: 1, maxLength: 25 }), async (slices) => {
      await server.close();
      server = await openTestApp();
      till = await server.enrolTill();
      const entries = await till.sell(LENGTH);
      let held = 0;
      for (const { from, length, shape } of slices) {
        const run = entries.slice(from, from + length);
        const batch =
          shape === 'reversed'
            ? run.toReversed()
            : shape === 'doubled'
              ? run.flatMap((each) => [each, each])
              : run;
        // What comes first must be known or next; reversed, that is the last of the run.
        const isNext = (shape === 'reversed' ? from + run.length - 1 : from) <= held;
        const response = await till.send(batch);
        expect(response.ok).toBe(isNext);
        if (isNext) held = Math.max(held, from + run.length);
      }
      const { journal, sale, day_total } = await tables();
      expect(new Set(journal.map((row) => row.hash))).toEqual(
        new Set(entries.slice(0, held).map((each) => each.hash)),
      );
      expect(sale).toHaveLength(held);
      expect(day_total[0]?.amount ?? 0).toBe(total(entries.slice(0, held)));
      expect(day_total[0]?.payments ?? 0).toBe(held);
    }),
    { numRuns: 40, seed: 20261122 },
  );
});

it('rebuilds exactly the projections that were kept along the way', async () => {
  const entries = await chain();
  for (let at = 0; at < LENGTH; at += 5) {
    server.clock.advance(60_000);
    await till.send(entries.slice(Math.max(0, at - 2), at + 5));
  }
  const sold = entries.flatMap(({ entry }) => (entry.type === 'sale.completed' ? [entry.body] : []));
  const double = await till.write({
    type: 'sale.completed',
    body: { ...till.sale([900]), saleId: sold[3]!.saleId },
  });
  const shared = till.sale([700]);
  const { attemptId } = sold[4]!.payments[0]!;
  const payments = [{ ...shared.payments[0]!, attemptId }];
  const twice = await till.write({ type: 'sale.completed', body: { ...shared, payments } });
  const otherDay = await till.write({ type: 'sale.completed', body: till.sale([1_234], '2026-11-23') });
  server.clock.setWall(server.clock.now() - 3 * 86_400_000); // The server's own clock is put back.
  expect((await till.send([double, twice, otherDay])).status).toBe(200);

  const kept = await tables();
  const alarms = (await server.counts())['alarm'];
  expect(alarms).toBe(2);
  expect(kept.sale).toHaveLength(LENGTH + 2);
  await server.database.transaction(async (sql) => {
    await sql.run('UPDATE day_total SET amount = amount + 1');
    await sql.run('DELETE FROM payment');
  });
  expect(await tables()).not.toEqual(kept);
  const read = await server.database.transaction((sql) => rebuildProjections(sql, till.merchant));
  expect(read).toBe(LENGTH + 3);
  expect(await tables()).toEqual(kept);
  expect((await server.counts())['alarm']).toBe(alarms);
});
