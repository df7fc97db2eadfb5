import { expect, it } from 'vitest';
import type { Database, Sql } from '../storage/sql.ts';
import { GroupCommit } from './group-commit.ts';

const sql: Sql = { all: async () => [], run: async () => 0, script: async () => undefined };

/** A database that only counts its transactions. */
function countingDatabase() {
  const seen = { commits: 0, aborts: 0 };
  const database: Database = {
    read: (work) => work(sql),
    async transaction(work) {
      try {
        const result = await work(sql);
        seen.commits += 1;
        return result;
      } catch (error) {
        seen.aborts += 1;
        throw error;
      }
    },
    close: async () => undefined,
  };
  return { seen, database };
}

it('commits what arrives in one turn of the event loop once, and answers each with its own result', async () => {
  const { seen, database } = countingDatabase();
  const commits = new GroupCommit(database);
  const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => commits.submit(async () => at)));
  expect(answers).toEqual(Array.from({ length: 100 }, (_, at) => at));
  expect(seen).toEqual({ commits: 1, aborts: 0 });
  expect(await commits.submit(async () => 'later')).toBe('later');
  expect(seen.commits).toBe(2);
});

it('gives the others of a group their commit when one of them fails', async () => {
  const { seen, database } = countingDatabase();
  const commits = new GroupCommit(database);
  const answers = await Promise.allSettled([
    commits.submit(async () => 1),
    commits.submit(async () => Promise.reject(new Error('mine'))),
    commits.submit(async () => 3),
  ]);
  expect(
    answers.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message)),
  ).toEqual([1, 'mine', 3]);
  expect(seen).toEqual({ commits: 2, aborts: 2 });
});

it('answers nobody before the commit', async () => {
  let finish = () => {};
  const { database } = countingDatabase();
  const slow: Database = {
    ...database,
    async transaction(work) {
      const result = await work(sql);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return result;
    },
  };
  const commits = new GroupCommit(slow);
  let isAnswered = false;
  let hasRun = false;
  const answer = commits
    .submit(async () => {
      hasRun = true;
    })
    .then(() => {
      isAnswered = true;
    });
  while (!hasRun) await new Promise((next) => setImmediate(next));
  await new Promise((next) => setImmediate(next));
  expect(isAnswered).toBe(false);
  finish();
  await answer;
});
