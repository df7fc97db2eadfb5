import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mmsReports } from '../../src/devices/codecs/mms/reports.ts';
import { mmsSlip } from '../../src/devices/codecs/mms/slip.ts';
import { neo2Reports } from '../../src/devices/codecs/neo2/reports.ts';
import { publishedTdesKeys } from '../../src/devices/simulators/card-reader/reader-keys.ts';
import { TEST_CARDS } from '../../src/devices/simulators/card-reader/test-cards.ts';
import { requestOfCard } from '../../src/devices/simulators/mms/request.ts';
import { notification, sized } from '../../src/devices/simulators/mms/wire.ts';
import { resultOf } from '../../src/devices/simulators/neo2/result.ts';
import { answerFrame } from '../../src/devices/simulators/neo2/wire.ts';
import { mms } from './mms.ts';
import { neo2 } from './neo2.ts';
import type { WireCodec } from './wire-codec.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const upper = (given: Uint8Array) => Buffer.from(given).toString('hex').toUpperCase();
const captures = (id: string) => {
  const folder = new URL(`../../src/devices/drivers/${id}/captures/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.hex'))
    .map((name) => [name, readFileSync(new URL(name, folder), 'latin1').trim()] as const);
};
const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const again = (codec: WireCodec, given: Uint8Array<ArrayBuffer>) =>
  upper(codec.encode?.(JSON.parse(JSON.stringify(codec.decode(given)))) ?? new Uint8Array());
const SECRETS = /5413330089010434|4761739001010010|35343133333330303839303130343334/;

const run = {
  amount: 1000,
  currency: 156,
  transactionType: 0,
  counter: 1,
  date: '261122',
  random: { bytes: (length: number) => new Uint8Array(length) },
};
const clearCard = {
  card: TEST_CARDS.mastercard,
  entry: 'chip',
  run,
  isFallback: false,
  withPin: false,
  showsServiceCode: false,
} as const;

describe.each([
  ['mms', mms],
  ['neo2', neo2],
] as const)('wire decode and encode %s', (id, codec) => {
  test.each(captures(id))('%s comes back as it was', (_, hex) => {
    expect(again(codec, bytes(hex))).toBe(hex);
    expect(JSON.stringify(codec.decode(bytes(hex)))).not.toMatch(SECRETS);
  });

  test('several frames, and a cut end that is told', () => {
    const [[, first], [, second]] = captures(id) as unknown as [[string, string], [string, string]];
    const found = codec.decode(bytes(first + second + first.slice(0, -4)));
    expect(found).toHaveLength(3);
    expect(found[2]).toMatchObject({ error: 'truncated' });
  });

  test('bytes that are none, and JSON that is none, are refused', () => {
    expect(() => codec.decode(bytes('FFFFFFFF').slice(0, id === 'mms' ? 0 : 4))).toThrow();
    expect(() => codec.encode?.([{ nothing: true }])).toThrow();
  });
});

describe('wire decode mms', () => {
  const arqc = bytes(captures('mms').find(([name]) => name === 'arqc.hex')?.[1] ?? '');

  test('reads reports and serial lines, too, and writes them again', () => {
    const reports = joined(mmsReports(arqc));
    expect(again(mms, reports)).toBe(upper(reports));
    const line = joined([mmsSlip(arqc, true), mmsSlip(bytes('AA0081040113100884021008'))]);
    expect(again(mms, line)).toBe(upper(line));
    expect(mms.decode(reports)).toMatchObject([
      { frame: 'report', card: { read: 'contactless', cipher: 'tdes' } },
    ]);
    expect(mms.decode(joined([reports.subarray(0, 128)]))).toMatchObject([{ error: 'truncated' }]);
  });

  test('hides a card that is not encrypted', () => {
    const payload = requestOfCard({ ...clearCard, keys: publishedTdesKeys()(), encryption: 'off' });
    const message = Uint8Array.from(
      notification(0x0101, [0x10, 0x08, 0x02, 0x02], sized(0x84, [...payload])),
    );
    const [shown] = mms.decode(message);
    expect(shown).toMatchObject({ masked: '****', error: 'not-encrypted' });
    expect(JSON.stringify(shown)).not.toMatch(SECRETS);
    expect(() => mms.encode?.(shown)).toThrow();
  });
});

describe('wire decode neo2', () => {
  test('reads reports with their id, and writes them again', () => {
    const result = bytes(captures('neo2').find(([name]) => name === 'result.hex')?.[1] ?? '');
    const reports = joined(neo2Reports(result).map(({ id, data }) => Uint8Array.from([id, ...data])));
    expect(again(neo2, reports)).toBe(upper(reports));
    expect(neo2.decode(reports)).toMatchObject([
      { frame: 'report', status: '23', attribution: { read: 'contactless' } },
    ]);
  });

  test('hides a card that is not encrypted', () => {
    const data = resultOf({
      ...clearCard,
      time: '101500',
      keys: publishedTdesKeys()(),
      decision: '80',
      encryption: 'off',
      format: 'marked',
    });
    const [shown] = neo2.decode(answerFrame(0x02, 0x23, data));
    expect(shown).toMatchObject({ masked: '****', error: 'not-encrypted' });
    expect(JSON.stringify(shown)).not.toMatch(SECRETS);
  });

  test('tells a wrong checksum, and noise', () => {
    const found = neo2.decode(
      bytes('0000FF5669564F74656368320018000000FA845669564F74656368320018000000FA83').slice(2),
    );
    expect(found).toMatchObject([{ error: 'noise' }, { error: 'bad-crc' }, { direction: 'response' }]);
  });
});
