import { JournalError, type StorageTrouble } from '../domain/journal.ts';

/** How browsers and systems say that the disk is full when they do not say it by name. */
const FULL = /full|no.?space|ENOSPC/i;

/** What the browser's vague storage errors mean for the till (facts: the real-world error mix of big web apps). */
export function troubleOf(error: unknown): StorageTrouble {
  if (error instanceof JournalError) return isTrouble(error.code) ? error.code : 'damaged';
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const text = error instanceof Error ? error.message : '';
  if (name === 'QuotaExceededError') return 'quota';
  if (FULL.test(text)) return 'disk';
  switch (name) {
    case 'NoModificationAllowedError':
    case 'TimeoutError':
      return 'blocked';
    case 'VersionError':
    case 'NotSupportedError':
    case 'TypeError':
    case 'SecurityError':
      return 'unsupported';
    case 'DataError':
    case 'SyntaxError':
    case 'NotReadableError':
    case 'ConstraintError':
      return 'damaged';
    default:
      return 'disk'; // UnknownError, AbortError, InvalidStateError, NotFoundError: the store is gone or will not write.
  }
}

const isTrouble = (code: JournalError['code']): code is StorageTrouble =>
  code !== 'not-writer' && code !== 'not-enrolled' && code !== 'invalid-entry';

/** True when there is no room: selling must stop and say so, whatever the other copy can still take. */
export const isNoRoom = (error: unknown): boolean => {
  const trouble = troubleOf(error);
  return trouble === 'quota' || (trouble === 'disk' && error instanceof Error && FULL.test(error.message));
};
