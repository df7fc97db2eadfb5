import { expect, test } from 'vitest';
import { JournalError } from '../domain/journal.ts';
import { isNoRoom, troubleOf } from './trouble.ts';

const named = (name: string, message = '') => new DOMException(message, name);

test.each([
  [named('QuotaExceededError'), 'quota'],
  [named('UnknownError', 'Internal error opening backing store for indexedDB.open.'), 'disk'],
  [named('UnknownError', 'Full disk'), 'disk'],
  [named('AbortError'), 'disk'],
  [named('InvalidStateError'), 'disk'],
  [named('TimeoutError'), 'blocked'],
  [named('NoModificationAllowedError'), 'blocked'],
  [named('VersionError'), 'unsupported'],
  [new TypeError('navigator.storage is undefined'), 'unsupported'],
  [named('SecurityError'), 'unsupported'],
  [named('NotReadableError'), 'damaged'],
  [named('DataError'), 'damaged'],
  [new JournalError('too-large', ''), 'too-large'],
  ['a string', 'disk'],
] as const)('%s means %s', (error, trouble) => {
  expect(troubleOf(error)).toBe(trouble);
});

test('only a missing place stops the sale; a broken store can be replaced', () => {
  expect(isNoRoom(named('QuotaExceededError'))).toBe(true);
  expect(isNoRoom(named('UnknownError', 'FILE_ERROR_NO_SPACE'))).toBe(true);
  expect(isNoRoom(named('UnknownError', 'Connection to Indexed Database server lost'))).toBe(false);
});
