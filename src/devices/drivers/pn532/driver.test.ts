import { describe, expect, test } from 'vitest';
import { writeFrame } from '../../codecs/pn532/frame.ts';
import { KeptTagReader } from '../../kept/kept-tag-reader.ts';
import type { Tag } from '../../ports.ts';
import type { Bytes } from '../../simulators/browser/cores.ts';
import { Pn532Board } from '../../simulators/pn532/pn532-board.ts';
import type { FakeTimers } from '../../testing/fake-timers.ts';
import { keptSerial } from '../../testing/kept-rigs.ts';
import { tagReaderConformance } from '../../testing/tag-conformance.ts';
import { pn532Driver } from './driver.ts';
import { PN532_LINE, PN532_MATCHES } from './match.ts';

const MEMBER: Tag = { uid: '04A1B2C3D4E5F6', ndef: 'D101085402656E4D31323334' };

async function rigOf(board = new Pn532Board()) {
  const { kept, ...rig } = await keptSerial(board, {
    driver: pn532Driver,
    match: PN532_MATCHES,
    line: PN532_LINE,
    settings: (timers: FakeTimers) => ({ timers }),
  });
  const reader = new KeptTagReader(kept);
  const tags: Tag[] = [];
  reader.onTag((tag) => tags.push(tag));
  return {
    ...rig,
    board,
    reader,
    tags,
    health: () => kept.session?.health,
    put: (tag: Tag | undefined) => board.put(tag),
    babble: () => board.say(Array.from({ length: 400 }, (_, at) => (at * 37 + 11) % 256)),
  };
}

tagReaderConformance('a PN532 board', () => rigOf());

test('tells what it is', async () => {
  const { timers, health } = await rigOf();
  await timers.advance(100);
  expect(health()).toEqual({ maker: 'NXP', model: 'PN532', firmware: '1.6' });
});

describe('a board with a fault', () => {
  test.each(['mute', 'bad-sum', 'error', 'late'] as const)(
    '%s for a while: the tag is told afterwards',
    async (fault) => {
      const { board, timers, tags } = await rigOf();
      await timers.advance(1_000);
      board.fault = fault;
      await timers.advance(5_000);
      board.fault = 'none';
      await timers.advance(5_000);
      board.put(MEMBER);
      await timers.advance(1_000);
      expect(tags).toEqual([MEMBER]);
    },
  );

  test('a lost acknowledgement does not matter', async () => {
    const { board, timers, tags } = await rigOf();
    board.fault = 'no-ack';
    board.put(MEMBER);
    await timers.advance(3_000);
    expect(tags).toEqual([MEMBER]);
  });

  test('one that sleeps at first is woken', async () => {
    const board = new Pn532Board();
    board.fault = 'mute';
    const { timers, tags } = await rigOf(board);
    await timers.advance(3_000);
    board.fault = 'none';
    board.put(MEMBER);
    await timers.advance(5_000);
    expect(tags).toEqual([MEMBER]);
  });
});

test('a bank card is a number and nothing more: no page of it is read', async () => {
  const { board, timers, tags } = await rigOf();
  board.put({ uid: '08AABBCC', selRes: 0x20 });
  await timers.advance(1_000);
  expect(tags).toEqual([{ uid: '08AABBCC' }]);
});

test('a tag that leaves while it is read is told by its number only', async () => {
  const { board, timers, tags } = await rigOf();
  await timers.advance(1_000);
  board.put({ uid: '04998877665544', ndef: 'AB'.repeat(400) });
  const stop = board.onBytes((bytes) => {
    if (bytes.includes(0x41)) {
      stop();
      board.put(undefined);
    }
  });
  await timers.advance(2_000);
  expect(tags).toEqual([{ uid: '04998877665544' }]);
});

test('the answer to another question is not taken for a tag', async () => {
  const stray = [...writeFrame('reader', 0x41, Uint8Array.of(1, 1, 0, 0x44, 0, 4, 0xde, 0xad, 0xbe, 0xef))];
  class StrayBoard extends Pn532Board {
    isStray = false;
    override receive(bytes: Bytes): void {
      if (this.isStray && bytes.includes(0x4a)) this.say(stray);
      super.receive(bytes);
    }
  }
  const board = new StrayBoard();
  const { timers, tags } = await rigOf(board);
  board.isStray = true;
  await timers.advance(2_000);
  expect(tags).toEqual([]);
});
