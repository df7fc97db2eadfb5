import { describe, expect, test } from 'vitest';
import type { Tag } from '../../ports.ts';
import { FakeNfc, type SimulatedTag } from '../../simulators/browser/fake-nfc.ts';
import { settle } from '../../testing/fake-timers.ts';
import { ndefHex, RECORDS_MAX, type TagRecord } from './ndef.ts';
import { type NdefReader, NfcTags, type TagContent } from './nfc-tags.ts';

/** Compiles only while the browser's own object fits the part we ask for. */
const browserObjectFits = (reader: NDEFReader): NdefReader => reader;
expect(browserObjectFits).toBeTypeOf('function');

const bytes = (text: string) => new DataView(new TextEncoder().encode(text).buffer);
const text = (data: string): TagRecord => ({
  recordType: 'text',
  encoding: 'utf-8',
  lang: 'en',
  data: bytes(data),
});
const member: TagContent = { recordType: 'text', data: 'M-0042', lang: 'en' };
const blank = (more: Partial<SimulatedTag> = {}): SimulatedTag => ({
  serialNumber: '04:a2:3b:5c:11:90:80',
  records: [],
  ...more,
});

function phone() {
  const nfc = new FakeNfc();
  const tags: Tag[] = [];
  let unreadable = 0;
  const reader = new NfcTags({
    makeReader: nfc.makeReader,
    onUnreadable: () => {
      unreadable += 1;
    },
  });
  reader.onTag((tag) => tags.push(tag));
  return { nfc, reader, tags, unreadable: () => unreadable };
}

describe('tags held to the phone', () => {
  test('are told with their serial number and what is on them, each time', async () => {
    const { nfc, reader, tags } = phone();
    await reader.start();
    nfc.tap(blank({ records: [text('Hello')] }));
    nfc.tap(blank());
    expect(tags).toEqual([
      { uid: '04A23B5C119080', ndef: 'D101085402656E48656C6C6F' },
      { uid: '04A23B5C119080' },
    ]);
  });

  test('are not heard before the start and after the stop', async () => {
    const { nfc, reader, tags } = phone();
    const links: string[] = [];
    reader.subscribe(() => links.push(reader.link));
    nfc.tap(blank());
    await reader.start();
    await reader.start();
    reader.stop();
    reader.stop();
    nfc.tap(blank());
    expect([tags, links]).toEqual([[], ['connected', 'absent']]);
    await reader.start();
    nfc.tap(blank());
    expect(tags).toHaveLength(1);
  });

  test('a bank card is no tag: it is told as unreadable, without a number', async () => {
    const { nfc, reader, tags, unreadable } = phone();
    await reader.start();
    nfc.tap(blank({ isForeign: true }));
    expect([tags, unreadable()]).toEqual([[], 1]);
  });

  test.each([
    ['the person said no', { permission: 'denied' as const }, 'no-access'],
    ['NFC is switched off', { isOn: false }, 'no-access'],
  ])('when %s the start says so, and may be tried again', async (_name, state, code) => {
    const { nfc, reader } = phone();
    Object.assign(nfc, state);
    await expect(reader.start()).rejects.toMatchObject({ code });
    expect(reader.link).toBe('absent');
    Object.assign(nfc, { permission: 'granted', isOn: true });
    await reader.start();
    expect(reader.link).toBe('connected');
  });

  test('a phone without NFC is unsupported', async () => {
    const reader = new NfcTags({
      makeReader: () => {
        throw new DOMException('none', 'NotSupportedError');
      },
    });
    await expect(reader.start()).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('a stop while the person is still being asked ends quietly', async () => {
    let refuse: (cause: unknown) => void = () => undefined;
    const reader = new NfcTags({
      makeReader: () => ({
        scan: ({ signal }) =>
          new Promise((_resolve, reject) => {
            refuse = reject;
            signal.addEventListener('abort', () => refuse(new DOMException('', 'AbortError')));
          }),
        write: async () => undefined,
        addEventListener: () => undefined,
      }),
    });
    const started = reader.start();
    reader.stop();
    await started;
    expect(reader.link).toBe('absent');
  });
});

describe('writing a tag', () => {
  const never = () => new AbortController().signal;

  test('waits for a tag, writes it, and what was written is read back', async () => {
    const { nfc, reader, tags } = phone();
    await reader.start();
    const tag = blank();
    const written = reader.write([member], { overwrite: false, signal: never() });
    await settle();
    nfc.tap(tag);
    expect(await written).toBe('written');
    expect(tags).toEqual([]);
    nfc.tap(tag);
    expect(tags[0]!.ndef).toBe(ndefHex([text('M-0042')]));
  });

  test.each([
    ['a tag with something on it', { records: [text('x')] }, false, 'refused'],
    ['a locked tag', { isLocked: true }, true, 'refused'],
    ['a bank card', { isForeign: true }, true, 'unsupported'],
  ])('%s is refused', async (_name, tag, overwrite, code) => {
    const { nfc, reader } = phone();
    await reader.start();
    const written = reader.write([member], { overwrite, signal: never() });
    await settle();
    nfc.tap(blank(tag));
    await expect(written).rejects.toMatchObject({ code });
  });

  test('a tag taken away in the middle is lost: it can be held again', async () => {
    const { nfc, reader } = phone();
    nfc.isTakenAway = true;
    const written = reader.write([member], { overwrite: true, signal: never() });
    await settle();
    nfc.tap(blank());
    await expect(written).rejects.toMatchObject({ code: 'lost' });
  });

  test('can be cancelled before and while it waits', async () => {
    const { nfc, reader } = phone();
    const cancel = new AbortController();
    const written = reader.write([member], { overwrite: true, signal: cancel.signal });
    await settle();
    cancel.abort();
    expect(await written).toBe('cancelled');
    expect(await reader.write([member], { overwrite: true, signal: cancel.signal })).toBe('cancelled');
    const tag = blank();
    nfc.tap(tag);
    expect(tag.records).toEqual([]);
  });

  test('without permission it is no-access', async () => {
    const { nfc, reader } = phone();
    nfc.permission = 'denied';
    await expect(reader.write([member], { overwrite: true, signal: never() })).rejects.toMatchObject({
      code: 'no-access',
    });
  });
});

describe('the bytes of a message', () => {
  test.each<[string, TagRecord[], string | undefined]>([
    ['nothing', [], undefined],
    ['an empty record', [{ recordType: 'empty' }], undefined],
    ['a text', [text('Hello')], 'D101085402656E48656C6C6F'],
    ['a link', [{ recordType: 'url', data: bytes('https://a.cn') }], 'D101055504612E636E'],
    ['a link with www', [{ recordType: 'url', data: bytes('https://www.a.cn') }], 'D101055502612E636E'],
    ['a link of another kind', [{ recordType: 'url', data: bytes('tel:1') }], 'D10106550074656C3A31'],
    ['a media type', [{ recordType: 'mime', mediaType: 'a/b', data: bytes('x') }], 'D20301612F6278'],
    ['a maker’s own', [{ recordType: 'a.b:c', data: bytes('x') }], 'D40501612E623A6378'],
    ['with an id', [{ recordType: 'unknown', id: 'i', data: bytes('x') }], 'DD0001016978'],
    ['two', [text('a'), text('b')], '9101045402656E61' + '5101045402656E62'],
  ])('%s', (_name, records, hex) => {
    expect(ndefHex(records)).toBe(hex);
  });

  test('a long payload has a long length, and a tag full of records is cut', () => {
    expect(ndefHex([{ recordType: 'unknown', data: bytes('x'.repeat(300)) }])).toMatch(/^C5000000012C7878/);
    const many = Array.from({ length: RECORDS_MAX + 5 }, () => text('a'));
    expect(ndefHex(many)).toBe(ndefHex(many.slice(0, RECORDS_MAX)));
  });
});
