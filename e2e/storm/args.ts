import { parseArgs } from 'node:util';
import { BUGS, type BugName } from './bugs.ts';

export interface StormArgs {
  /** How many days. */
  readonly seeds: number;
  /** The first of them; the others follow. */
  readonly seed: number;
  /** Customers of one day. */
  readonly sales: number;
  readonly workers: number;
  readonly bug: BugName;
}

const SEEDS_MAX = 10_000_000;
const SALES_MAX = 2_000;
const WORKERS_MAX = 64;

/** Throws RangeError with one sentence for whoever typed it. */
export function readArgs(args: readonly string[], workers: number): StormArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      sales: { type: 'string' },
      workers: { type: 'string' },
      bug: { type: 'string', default: 'none' },
    },
  });
  const number = (name: 'seeds' | 'seed' | 'sales' | 'workers', otherwise: number, most: number): number => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new RangeError(`--${name} is a whole number from 1 to ${most}.`);
    return value;
  };
  const { bug } = values;
  if (!isBug(bug)) throw new RangeError(`--bug is one of ${Object.keys(BUGS).join(', ')}.`);
  return {
    seeds: number('seeds', values.seed === undefined ? 100 : 1, SEEDS_MAX),
    seed: number('seed', 1, SEEDS_MAX),
    sales: number('sales', 200, SALES_MAX),
    workers: number('workers', Math.min(workers, WORKERS_MAX), WORKERS_MAX),
    bug,
  };
}

const isBug = (name: string): name is BugName => name in BUGS;
