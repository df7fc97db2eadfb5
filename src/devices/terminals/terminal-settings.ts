import type { Timers } from '../timers.ts';
import type { OrderNotes } from './order-notes.ts';

/** What the outside gives to a terminal session. One type for all drivers, so that one kept link can hold any of them. */
export interface TerminalSettings {
  readonly timers: Timers;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly notes: OrderNotes;
  /** The application number that the acquirer gave with the terminal. Without it no order is given. */
  readonly ecrhub?: { readonly appId: string };
  /** `password`: six digits, set in the terminal. Most come with 000000. */
  readonly zvt?: { readonly password: string };
  /** `storesOffline`: store and forward is switched on in the terminal. */
  readonly pax?: { readonly storesOffline: boolean };
}
