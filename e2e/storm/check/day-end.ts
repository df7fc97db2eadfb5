import { leakIn } from './canary.ts';
import { checkChannels } from './channels.ts';
import type { EndedDay, EndedTill } from './ended-day.ts';

/** Day end, everything healed: the whole of appendix B (facts: reliability). */
export async function checkDay(day: EndedDay): Promise<void> {
  for (const till of day.tills) {
    const { watch, flows, journal } = till;
    for (const { attempt, state } of watch.open) watch.fail('I11', `${attempt.attemptId} is still ${state}`);
    const seen = new Set(flows?.desk.state.value.map(({ attempt }) => attempt.attemptId));
    for (const { attempt } of watch.open)
      if (!seen.has(attempt.attemptId)) watch.fail('I8', `${attempt.attemptId} is open and nobody sees it`);
    const unsent = (journal?.status.unsynced ?? 0) - (journal?.status.parked ?? 0);
    if (unsent !== 0)
      watch.fail('I1', `${unsent} entries never reached the server (${flows?.sync.state.value.at})`);
    const verified = await journal?.verify();
    if (verified?.firstBad !== undefined) watch.fail('I6', `the chain breaks at ${verified.firstBad}`);
    checkSales(day, till);
    checkPapers(till);
  }
  checkServer(day);
  await checkChannels(day);
  checkCash(day);
}

/** I1: what was shown as paid is at the server, once, under its number. */
function checkSales(day: EndedDay, { name, watch }: EndedTill): void {
  const rows = day.shop.database.rows<{ sale_id: string; epoch: string; seq: number }>(
    'SELECT sale_id, epoch, seq FROM sale WHERE till = ?',
    name,
  );
  const held = new Map(
    rows.map((row) => [row.sale_id, `${name}-${row.epoch}-${String(row.seq).padStart(6, '0')}`]),
  );
  for (const [saleId, shown] of day.shown) {
    if (shown.till !== name || held.get(saleId) === shown.number) continue;
    if (watch.isLossy || !shown.isSafe) continue;
    watch.fail('I1', `${shown.number} was shown as paid; the server has ${held.get(saleId) ?? 'nothing'}`);
  }
  for (const [saleId, { end }] of watch.sales) {
    if (end === 'completed' && !held.has(saleId)) watch.fail('I1', `sale ${saleId} is not at the server`);
    if (end === 'open' && watch.open.length === 0 && [...(watch.sales.get(saleId)?.paid ?? [])].length > 0)
      watch.fail('I3', `sale ${saleId} is open, and part of it is paid`);
  }
}

/** I12: one first paper at most, for a sale that was completed; all others are marked. */
function checkPapers({ hardware, watch }: EndedTill): void {
  const first = new Set<string>();
  for (const { saleId, duplicate } of hardware.papers) {
    if (watch.sales.get(saleId)?.end !== 'completed' && !watch.isLossy)
      watch.fail('I12', `a slip of ${saleId}, which was never paid`);
    if (duplicate) continue;
    if (first.has(saleId)) watch.fail('I12', `two first slips of ${saleId}`);
    first.add(saleId);
  }
}

/** I2, I6, I10 at the server. */
function checkServer(day: EndedDay): void {
  const { database, logs } = day.shop;
  const [{ total } = { total: 0 }] = database.rows<{ total: number }>(
    'SELECT COALESCE(SUM(amount), 0) AS total FROM ledger_account',
  );
  if (total !== 0) day.fail('I2', `the server's books are off by ${total}`);
  const [{ amount } = { amount: 0 }] = database.rows<{ amount: number }>(
    "SELECT COALESCE(SUM(amount), 0) AS amount FROM ledger_account WHERE account = 'suspense'",
  );
  const open = database.rows<{ attempt_id: string; state: string }>(
    'SELECT attempt_id, state FROM open_attempt',
  );
  if (amount !== 0 && !day.tills.some(({ watch }) => watch.isLossy))
    day.fail('I2', `the server's suspense is ${amount}, ${open.length} open`);
  const numbers = database.rows<{ till: string; epoch: string; n: number; most: number }>(
    'SELECT till, epoch, COUNT(*) AS n, MAX(seq) AS most FROM journal GROUP BY till, epoch',
  );
  for (const { till, epoch, n, most } of numbers)
    if (n !== most)
      day.fail('I6', `till ${till}: ${n} of ${most} numbers of epoch ${epoch} are at the server`);
  for (const { kind, n } of database.rows<{ kind: string; n: number }>(
    'SELECT kind, COUNT(*) AS n FROM alarm GROUP BY kind',
  ))
    for (let at = 0; at < n; at += 1) day.alarms.add(kind);
  const signed = database.rows<{ signed: string }>('SELECT signed FROM journal');
  const orders = database.rows('SELECT * FROM attempt_order');
  for (const text of [...signed.map((row) => row.signed), JSON.stringify(orders), logs.join('')]) {
    const leak = leakIn(text);
    if (leak !== undefined) day.fail('I10', `the canary is in ${leak}`);
  }
}

/** What the cashier saw of the notes is what the journal says. */
function checkCash(day: EndedDay): void {
  for (const { watch } of day.tills)
    for (const { attempt, state } of watch.attempts.values()) {
      const said = day.cash.get(attempt.attemptId);
      if (said === undefined || watch.isLossy) continue;
      const isBooked = state === 'approved';
      if (isBooked !== said && (state === 'approved' || state === 'declined'))
        watch.fail('I5', `the cashier said ${said}, the journal says ${state} of ${attempt.attemptId}`);
    }
}
