import type { Clock } from '../../domain/clock.ts';
import type { Timers } from '../timers.ts';

/** What the outside gives to a reader session. */
export interface ReaderSettings {
  readonly timers: Timers;
  /** Readers without a clock of their own are told the time of the transaction. */
  readonly clock: Clock;
}
