import { describe, expect, test } from 'vitest';
import type { Tag, TagReader } from '../ports.ts';
import { type FakeTimers, settle } from './fake-timers.ts';

/** A tag reader as flows get it, and a tag in a hand. */
export interface TagRig {
  readonly reader: TagReader;
  readonly timers: FakeTimers;
  /** In the field, or away. */
  put(tag: Tag | undefined): void;
  babble(): void;
  unplug(): void;
  replug(): void;
}

/** How long a person holds a tag, and how long he is away, ms. */
const HELD_MS = 1_000;
/** Within this a reader has come to itself again, ms. */
const WELL_MS = 5_000;

const MEMBER: Tag = { uid: '04A1B2C3D4E5F6', ndef: 'D101085402656E4D31323334' };
const BARE: Tag = { uid: '04112233445566' };
const LONG: Tag = { uid: '04998877665544', ndef: 'AB'.repeat(300) };

/** What every tag reader must do, whatever it speaks. `connected` gives a fresh, plugged-in one. */
export function tagReaderConformance(name: string, connected: () => Promise<TagRig>): void {
  const listening = async () => {
    const rig = await connected();
    const tags: Tag[] = [];
    const stop = rig.reader.onTag((tag) => tags.push(tag));
    const hold = async (tag: Tag) => {
      rig.put(tag);
      await rig.timers.advance(HELD_MS);
    };
    const away = async () => {
      rig.put(undefined);
      await rig.timers.advance(HELD_MS);
    };
    await rig.timers.advance(HELD_MS);
    return { ...rig, tags, stop, hold, away };
  };

  describe(`${name} as a tag reader`, () => {
    test.each([
      ['its message', MEMBER],
      ['no message', BARE],
      ['a message longer than one read', LONG],
    ])('tells a tag with %s', async (_, tag) => {
      const rig = await listening();
      await rig.hold(tag);
      expect(rig.tags).toEqual([tag]);
    });

    test('tells a tag once for as long as it stays, and again when it comes back', async () => {
      const rig = await listening();
      await rig.hold(MEMBER);
      await rig.timers.advance(10_000);
      expect(rig.tags).toEqual([MEMBER]);
      await rig.away();
      await rig.hold(MEMBER);
      expect(rig.tags).toEqual([MEMBER, MEMBER]);
    });

    test('one tag after the other, without a gap', async () => {
      const rig = await listening();
      await rig.hold(MEMBER);
      await rig.hold(BARE);
      expect(rig.tags).toEqual([MEMBER, BARE]);
    });

    test('nobody is told who has stopped listening', async () => {
      const rig = await listening();
      rig.stop();
      await rig.hold(MEMBER);
      expect(rig.tags).toEqual([]);
    });

    test('unplugged and plugged in again, it goes on by itself for the same listeners', async () => {
      const rig = await listening();
      rig.unplug();
      await settle();
      expect(rig.reader.link).toBe('absent');
      rig.replug();
      await rig.timers.advance(WELL_MS);
      expect(rig.reader.link).toBe('connected');
      await rig.hold(MEMBER);
      expect(rig.tags).toEqual([MEMBER]);
    });

    test('after babble the next tag is told', async () => {
      const rig = await listening();
      rig.babble();
      await rig.timers.advance(WELL_MS);
      await rig.hold(MEMBER);
      expect(rig.tags).toEqual([MEMBER]);
    });
  });
}
