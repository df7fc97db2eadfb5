import { DEVICE_ERROR_CODES } from './errors.ts';

/**
 * Everything that readers and terminals can say instead of yes, as closed sets: a driver that says something else does not compile,
 * and a test finds what the screen has no words for.
 */

/** Why a reader is not used as it is: it sends clear card data, it has no key, or it was opened. */
export const READER_REFUSALS = ['not-encrypted', 'no-key', 'tampered'] as const;
export type ReaderRefusal = (typeof READER_REFUSALS)[number];

/** Why no card was read, or a chip did not take the host's word. */
export const READER_REASONS = [
  ...DEVICE_ERROR_CODES,
  ...READER_REFUSALS,
  'cancelled',
  /** Nothing is inside that could be told anything. */
  'no-card',
  /** A stripe was swiped that has a chip: the chip must be tried before. */
  'chip-first',
  /** The chip cannot be talked to. */
  'chip-failed',
  /** The chip did not take the host's approval. */
  'chip-refused',
  /** The chip said no by itself. */
  'card-declined',
  /** The chip wants to settle without its bank, which this till does not. */
  'not-online',
  /** The reader gave up for reasons of its own, or started again. */
  'reader-failed',
  'restarted',
] as const;
export type ReaderReason = (typeof READER_REASONS)[number];

/** Why an order was not paid, or why a terminal cannot say what became of it. */
export const TERMINAL_REASONS = [
  'cancelled',
  'declined',
  'insufficient-funds',
  /** The terminal's own line to its bank is down. */
  'host-offline',
  'no-device',
  'busy',
  'lost',
  'silent',
  'timeout',
  'protocol',
  'unsupported',
  /** It lacks what a person must enter first. */
  'not-set-up',
  /** It does not accept this till or its password. */
  'not-registered',
  /** The till could not write the order down, so it was not given. */
  'not-noted',
  /** Given to the terminal, and surely not in its books. */
  'not-booked',
  /** The order that is to be undone or paid back is not known here. */
  'original-unknown',
  /** An order before this one is not settled, and this one would cover its traces. */
  'earlier-order-open',
  'running',
  /** The till told it to stop and has not heard what became of it. */
  'stopped',
  /** Only a part of the amount was approved. */
  'partial',
  /** The books show another amount or number than was asked about. */
  'mismatch',
  'broken-off',
  /** Another terminal had the order. */
  'other-terminal',
  /** Another payment came after it: the books do not show this one any more. */
  'other-record',
  /** The till's own notes of its orders were lost. */
  'notes-lost',
  'undo-unknown',
  'not-undone',
  /** The terminal may have settled, and its books with it. */
  'batch-may-be-closed',
] as const;
/** `code-…`: the terminal's or its bank's own code, as it is. */
export type TerminalReason = (typeof TERMINAL_REASONS)[number] | `code-${string}`;

/** How a job of a printer may end in doubt: codes of DeviceError, and two of its own. */
export const PRINT_DOUBTS = ['no-confirmation', 'no-printer', ...DEVICE_ERROR_CODES] as const;
