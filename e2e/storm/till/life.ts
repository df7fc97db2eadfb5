import type { User, WritePoint } from '../disk/files.ts';
import { never } from '../sim/never.ts';

/** Crash points of docs/reliability.md; `flush…` are inside any commit. K19 is damage while the till is down. */
export const POINTS = [
  ...['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'K10', 'K11', 'K12', 'K13', 'K14', 'K15', 'K16'],
  ...['flush-before', 'flush-torn', 'flush-after'],
] as const;
export type Point =
  | 'K1'
  | 'K2'
  | 'K3'
  | 'K4'
  | 'K5'
  | 'K6'
  | 'K7'
  | 'K8'
  | 'K9'
  | 'K10'
  | 'K11'
  | 'K12'
  | 'K13'
  | 'K14'
  | 'K15'
  | 'K16'
  | 'K17'
  | 'flush-before'
  | 'flush-torn'
  | 'flush-after';
/** `second-tab`: another tab takes the journal over; the old page goes on talking to hosts and may write nothing. */
export const DEATHS = ['killed', 'power-cut', 'reload', 'second-tab'] as const;
export type Death = (typeof DEATHS)[number];

export interface Trap {
  readonly point: Point;
  /** The page dies when it comes here so many times. */
  times: number;
  readonly death: Death;
}

/** What the page is writing, as far as a crash point cares. */
export type Writing = 'intent' | 'answer' | 'undo' | 'other';

/** One page of a till, from its opening to its death. Whatever it does later has no effect. */
export class Life implements User {
  readonly number: number;
  readonly startedAt: number;
  /** It can talk to hosts and devices. */
  alive = true;
  /** It holds the journal. */
  owns = true;
  isFull = false;
  writing: Writing = 'other';
  trap: Trap | undefined;
  /** The disk's view of it: a page that lost its journal writes nothing. */
  readonly asWriter: User;
  readonly #died: (death: Death) => void;

  constructor(number: number, startedAt: number, died: (death: Death) => void) {
    this.number = number;
    this.startedAt = startedAt;
    this.#died = died;
    this.asWriter = writerOf(this);
  }

  passes(point: WritePoint): boolean {
    if (point === 'before-write') {
      const here = { intent: 'K1', answer: 'K8', undo: 'flush-before', other: 'flush-before' } as const;
      return this.reach(here[this.writing]) && this.reach('flush-before');
    }
    return this.reach(point === 'before-flush' ? 'flush-torn' : 'flush-after');
  }

  /** False when the page dies here. */
  reach(point: Point): boolean {
    const { trap } = this;
    if (!this.alive) return false;
    if (trap?.point !== point) return true;
    trap.times -= 1;
    if (trap.times > 0) return true;
    this.trap = undefined;
    this.die(trap.death);
    return this.alive && this.owns;
  }

  die(death: Death): void {
    if (!this.alive || !this.owns) return;
    this.owns = false;
    if (death !== 'second-tab') this.alive = false;
    this.#died(death);
  }

  /** What comes of work that a page waits for; a dead one waits for ever. */
  async live<T>(work: Promise<T>): Promise<T> {
    try {
      const value = await work;
      return this.alive ? value : never();
    } catch (error) {
      if (!this.alive) return never();
      throw error;
    }
  }
}

const writerOf = (life: Life): User => ({
  get alive() {
    return life.alive && life.owns;
  },
  get isFull() {
    return life.isFull;
  },
  passes: (point) => life.passes(point),
});
