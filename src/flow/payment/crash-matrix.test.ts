import { describe, expect, test } from 'vitest';
import {
  attemptOf,
  type Cell,
  DEATHS,
  type Death,
  MINUTES,
  Page,
  POINTS,
  RAILS,
  World,
} from '../testing/doomed-page.ts';
import { story, violations } from '../testing/invariants.ts';
import { HOST_TRUTHS } from '../testing/scripted-host.ts';
import type { Rail } from './rail.ts';

/**
 * Goal: wherever the till dies, the journal and the host agree in the end, and nobody is charged twice.
 * Method: every crash point of a payment × rail × what the host makes of it × way of dying; the production desk, machine and
 * rails over a journal without disks, a host with books of its own, and time that passes when everybody waits.
 */
/** Cash has no host: its truth is what the cashier says, and nothing of it can be late or undone. */
const isPossible = ({ rail, truth, point }: Cell): boolean =>
  rail !== 'cash' ||
  ((truth === 'approved' || truth === 'declined') && ['K1', 'K2', 'K3', 'K8', 'K9'].includes(point));

const CELLS: readonly Cell[] = POINTS.flatMap((point) =>
  RAILS.flatMap((rail) =>
    HOST_TRUTHS.flatMap((truth) => DEATHS.map((death) => ({ point, rail, truth, death }))),
  ),
).filter(isPossible);

/** Every rail is definite or STUCK long before: windows, then twenty undo requests at most a minute apart. */
const LIMIT_MS = 45 * MINUTES;

/** What the host holds of the electronic attempt, against what the journal says of it. */
function disagreement({ cell, host, journal }: World): string[] {
  const [, states] = [...story(journal)].find(([id]) => id.startsWith('a')) ?? ['', []];
  const ours = states.at(-1) === 'approved' ? 1250 : 0;
  return cell.rail === 'cash' || host.net === ours ? [] : [`host holds ${host.net}, we say ${states.at(-1)}`];
}

const REST: Readonly<Record<Death, number>> = {
  killed: 2_000,
  'power-cut': 10 * MINUTES,
  reload: 300,
  'second-tab': 0,
};

/** Lives through one cell. `switches`: the cashier wants cash as soon as the result is not known. */
async function live(cell: Cell, switches: boolean, broken?: World['broken']): Promise<string[]> {
  const world = new World(cell);
  world.broken = broken;
  const { time, journal } = world;
  const first = new Page(world, true);
  first.desk.begin(attemptOf(cell.rail, 'a'), first.plan).catch(() => undefined);
  await time.run(() => first.died || first.ended.length > 0, time.mono() + 10 * MINUTES);
  if (!first.died) first.dead = true; // The point is not on this path: the page just ends.
  await time.pass(REST[cell.death]);
  const second = new Page(world, false);
  await second.desk.recover(async () => second.plan);
  if (switches && cell.rail !== 'cash') await switchToCash(second, world);
  const open = (): boolean => second.desk.state.value.some((each) => each.state !== 'stuck');
  await time.run(() => !open(), time.mono() + LIMIT_MS);
  await time.pass(MINUTES); // Whatever is still under way at the host or in the old tab comes in now.
  const { value: shown } = second.desk.state;
  const found = [...violations({ journal, shown, charges: world.charges }), ...disagreement(world)];
  if (!first.died) found.push('the point was not reached');
  return found.map(
    (each) => `${Object.values(cell).join(' ')}${switches ? ' then cash' : ''}: ${each} [${journal.types}]`,
  );
}

async function switchToCash(page: Page, { time, journal }: World): Promise<void> {
  const live = page.desk.state.value[0];
  if (live === undefined) return;
  if (page.desk.mayStillCharge(live.attempt.saleId))
    await expect(page.desk.begin(attemptOf('cash', 'c'), page.plan)).rejects.toMatchObject({
      code: 'attempt-open',
    });
  const undone = page.desk.reverse(live.attempt.attemptId);
  await time.run(() => !page.desk.mayStillCharge(live.attempt.saleId), time.mono() + MINUTES);
  await undone;
  if (journal.types.includes('attempt.approved')) return; // It was paid after all; there is nothing to pay in cash.
  await page.desk.begin(attemptOf('cash', 'c'), page.plan);
}

describe('wherever the till dies', () => {
  test('there are as many cells as the matrix has', () => {
    expect(CELLS).toHaveLength(11 * 4 * 5 * 4 + 5 * 2 * 4);
  });

  test.each(RAILS)('a payment by %s ends once, is charged once, and host and journal agree', async (rail) => {
    const found: string[] = [];
    for (const cell of CELLS.filter((each) => each.rail === rail)) found.push(...(await live(cell, false)));
    expect(found).toEqual([]);
  });

  test.each(RAILS)('and so it does when the cashier takes cash instead of waiting for %s', async (rail) => {
    const found: string[] = [];
    for (const cell of CELLS.filter((each) => each.rail === rail)) found.push(...(await live(cell, true)));
    expect(found).toEqual([]);
  });
});

describe('the matrix bites', () => {
  const any = async (broken: (rail: Rail) => Rail): Promise<boolean> => {
    for (const cell of CELLS.filter((each) => each.rail === 'wechat' && each.death === 'killed'))
      if ((await live(cell, false, broken)).length > 0) return true;
    return false;
  };

  test('when "not found" inside the window is taken for declined', async () => {
    expect(
      await any((rail) => ({
        ...rail,
        inquire: async (attempt) => {
          const answer = await rail.inquire(attempt);
          return answer.kind === 'not-found' ? { kind: 'declined', reason: 'not-found' } : answer;
        },
      })),
    ).toBe(true);
  });

  test('when an undo request is believed without an answer', async () => {
    expect(await any((rail) => ({ ...rail, reverse: async () => ({ kind: 'reversed' }) }))).toBe(true);
  });

  test('when an inquiry charges again', async () => {
    expect(
      await any((rail) => ({
        ...rail,
        inquire: (attempt) =>
          rail.send(attempt, {
            secret: {},
            signal: new AbortController().signal,
            waiting: () => undefined,
            sent: () => undefined,
          }),
      })),
    ).toBe(true);
  });
});
