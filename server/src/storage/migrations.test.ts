import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fingerprintOf, readMigrations } from './migrate.ts';

/**
 * What stands here has been taken by somebody's database and is never edited: a change is a new step. (A database that took another
 * text refuses to start: migrate.ts.)
 */
const TAKEN = [
  ['0001-journal.sql', 'fc75c38ea07a30d8'],
  ['0002-projections.sql', 'f9fba40ac22dd3d3'],
  ['0003-payments.sql', '2bdc04f9fa1779b8'],
  ['0004-refunds-and-ledger.sql', 'd8d89dda19d35c4f'],
  ['0005-bank-terminals.sql', '14fb876729f87667'],
  ['0006-stored-value.sql', '3e8975ac74fc2a45'],
] as const;

test('a migration that was released says what it said', () => {
  const steps = readMigrations(fileURLToPath(new URL('../../migrations', import.meta.url)));
  const prints = steps.map((step) => [step.name, fingerprintOf(step).slice(0, 16)]);
  expect(prints.slice(0, TAKEN.length)).toEqual(TAKEN);
  // A new one is pinned here when it is committed.
  expect(prints).toHaveLength(TAKEN.length);
});
