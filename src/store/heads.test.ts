import { describe, expect, test } from 'vitest';
import { type Comparison, type CopiesStand, judge, type ServerStands } from './heads.ts';

const COPIES: readonly CopiesStand[] = [
  'agree',
  'indexeddb-ahead',
  'opfs-ahead',
  'diverged',
  'indexeddb-alone',
  'opfs-alone',
  'none',
];
const SERVER: readonly ServerStands[] = ['none', 'within', 'ahead', 'conflict'];
const YES_NO = [false, true];

const ALL: readonly Comparison[] = COPIES.flatMap((copies) =>
  SERVER.flatMap((server) =>
    (['indexeddb', 'opfs'] as const).flatMap((longer) =>
      YES_NO.flatMap((keyLost) =>
        YES_NO.flatMap((damaged) =>
          YES_NO.flatMap((gap) =>
            YES_NO.map((unproved) => ({ copies, server, longer, keyLost, damaged, gap, unproved })),
          ),
        ),
      ),
    ),
  ),
);

const calm: Comparison = {
  copies: 'agree',
  longer: 'indexeddb',
  server: 'within',
  keyLost: false,
  damaged: false,
  gap: false,
  unproved: false,
};

describe('the verdict over three heads', () => {
  test.each([
    [{}, { source: 'indexeddb', reason: undefined, newEpoch: false }],
    [{ server: 'none' }, { source: 'indexeddb', reason: undefined, newEpoch: false }],
    [{ damaged: true }, { source: 'indexeddb', reason: 'copy-damaged', newEpoch: false }],
    [{ copies: 'indexeddb-ahead' }, { source: 'indexeddb', reason: 'copy-behind', newEpoch: false }],
    [{ copies: 'opfs-ahead' }, { source: 'opfs', reason: 'copy-behind', newEpoch: false }],
    [
      { copies: 'opfs-ahead', gap: true },
      { source: 'opfs', reason: 'copy-damaged', newEpoch: true },
    ],
    [{ copies: 'diverged' }, { source: 'indexeddb', reason: 'diverged', newEpoch: true }],
    [
      { copies: 'diverged', longer: 'opfs' },
      { source: 'opfs', reason: 'diverged', newEpoch: true },
    ],
    [{ copies: 'indexeddb-alone' }, { source: 'indexeddb', reason: 'copy-missing', newEpoch: true }],
    [
      { copies: 'opfs-alone', keyLost: true },
      { source: 'opfs', reason: 'key-lost', newEpoch: true },
    ],
    [{ copies: 'none' }, { source: 'none', reason: 'copy-missing', newEpoch: true }],
    [{ server: 'ahead' }, { source: 'server', reason: 'behind-server', newEpoch: true }],
    [
      { server: 'conflict', copies: 'diverged' },
      { source: 'server', reason: 'fork', newEpoch: true },
    ],
    [{ keyLost: true }, { source: 'indexeddb', reason: 'key-lost', newEpoch: true }],
    [{ unproved: true }, { source: 'indexeddb', reason: 'copy-missing', newEpoch: true }],
  ] as const)('%j', (found, verdict) => {
    expect(judge({ ...calm, ...found })).toEqual(verdict);
  });

  test('numbering never goes on where the end cannot be proved', () => {
    for (const found of ALL) {
      const provable =
        ['agree', 'indexeddb-ahead', 'opfs-ahead'].includes(found.copies) &&
        !found.keyLost &&
        !found.gap &&
        !found.unproved &&
        ['none', 'within'].includes(found.server);
      expect({ found, newEpoch: judge(found).newEpoch }).toEqual({ found, newEpoch: !provable });
    }
  });

  test('every disagreement is named, and agreement says nothing', () => {
    for (const found of ALL) {
      const quiet =
        found.copies === 'agree' &&
        !found.keyLost &&
        !found.damaged &&
        !found.gap &&
        !found.unproved &&
        ['none', 'within'].includes(found.server);
      expect({ found, quiet: judge(found).reason === undefined }).toEqual({ found, quiet });
      if (judge(found).newEpoch) expect(judge(found).reason).toBeDefined();
    }
  });
});
