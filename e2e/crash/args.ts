import { parseArgs } from 'node:util';

export type Backend = 'default' | 'sqlite';

export interface CrashArgs {
  /** Deaths by SIGKILL of the browser's process group. */
  readonly kills: number;
  /** Deaths by power image: what had not reached the disk is gone. */
  readonly cuts: number;
  readonly seed: number;
  /** How IndexedDB keeps its data: what this browser does by itself, or the SQLite backend by its feature flag. */
  readonly backend: Backend;
}

const ROUNDS_MAX = 2_000;

/** The command line, or one sentence that says what is wrong with it. */
export function readArgs(argv: readonly string[]): CrashArgs | string {
  let values: Record<'kills' | 'cuts' | 'seed' | 'backend', string>;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        kills: { type: 'string', default: '20' },
        cuts: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
        backend: { type: 'string', default: 'default' },
      },
    }));
  } catch (error) {
    return `${(error as Error).message} Use: crash --kills N --cuts M [--seed S] [--backend default|sqlite]`;
  }
  const counts = [values.kills, values.cuts, values.seed].map((text) =>
    /^\d{1,9}$/.test(text) ? Number(text) : -1,
  );
  const [kills = -1, cuts = -1, seed = -1] = counts;
  if (counts.includes(-1)) return '--kills, --cuts and --seed are whole numbers.';
  if (kills + cuts > ROUNDS_MAX) return `At most ${ROUNDS_MAX} rounds in one run.`;
  const { backend } = values;
  if (backend !== 'default' && backend !== 'sqlite') return '--backend is default or sqlite.';
  return { kills, cuts, seed, backend };
}
