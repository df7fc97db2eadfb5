import type { Clock } from '../../../../src/domain/clock.ts';
import type { Database, Sql } from '../../storage/sql.ts';
import type { Acquirer, Outcome } from '../acquirer.ts';
import { doubt, unknown } from '../shared/outcomes.ts';
import { GaveUp } from '../shared/with-signal.ts';
import { pay, query, refund, reverse } from './orders.ts';
import type { BookKey } from './rows.ts';
import { statementOf } from './statement.ts';

export interface StoredValueWorld {
  readonly database: Database;
  readonly clock: Clock;
}

const CARRIES: Acquirer['carries'] = [{ tender: 'stored-value', purposes: ['sale', 'refund', 'void'] }];

/** The shop's own cards as an acquirer: the host is a table of this server, so an answer is definite unless the database fails. */
export function createStoredValue({ database, clock }: StoredValueWorld, key: BookKey): Acquirer {
  const decide = (signal: AbortSignal, work: (sql: Sql) => Promise<Outcome>): Promise<Outcome> =>
    safely(() =>
      database.transaction(async (sql) => {
        const outcome = await work(sql);
        // The caller has stopped waiting, and will ask or undo: nothing may be booked behind its back.
        if (signal.aborted) throw new GaveUp();
        return outcome;
      }),
    );
  const desk = (sql: Sql) => ({ sql, key, nowMs: clock.now() });
  return {
    id: 'stored-value',
    carries: CARRIES,
    pay: (order, signal) => decide(signal, (sql) => pay(desk(sql), order)),
    query: (order) => safely(() => database.read((sql) => query(sql, key, order))),
    reverse: (order, _reason, signal) => decide(signal, (sql) => reverse(desk(sql), order)),
    refund: (order, signal) => decide(signal, (sql) => refund(desk(sql), order)),
    close: async () => doubt('not-carried'),
    statement: (day) => database.read((sql) => statementOf(sql, key, day, clock.now())),
    stop: async () => {},
  };
}

/** A failing database leaves open whether the move was written. A mistake of ours has no code, and is the caller's to log. */
async function safely(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GaveUp) return doubt('no-answer');
    if (error instanceof Error && 'code' in error) return unknown(`storage-${String(error.code)}`);
    throw error;
  }
}
