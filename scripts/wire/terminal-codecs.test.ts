import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ecrHub } from './ecrhub.ts';
import { pax } from './pax.ts';
import type { WireCodec } from './wire-codec.ts';
import { zvt } from './zvt.ts';

const CARD = '4761739001010119';
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};
const again = (codec: WireCodec, hex: string) => hexOf(codec.encode!(codec.decode(bytesOf(hex))));
const asText = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const stx = (text: string) => {
  const body = [...Buffer.from(text, 'latin1'), 3];
  return hexOf(Uint8Array.from([2, ...body, body.reduce((a, b) => a ^ b, 0)]));
};

describe('wire ecrhub', () => {
  const packet = (covered: readonly number[]) =>
    hexOf(Uint8Array.from([0x55, 0xaa, ...covered, covered.reduce((a, b) => a ^ b, 0), 0xcc, 0x33]));

  test('shows packets, and writes them back byte for byte', () => {
    const body = [...new TextEncoder().encode('{"topic":"ecrhub"}')];
    const hex = `55AA010000000001CC33 55AA000000000000CC33 55AA000500000005CC33 ${packet([0, 0, 3, 0, body.length, ...body])}`;
    expect(ecrHub.decode(bytesOf(hex))).toEqual([
      { type: 'handshake', ack: 0, id: 0 },
      { type: 'data', meaning: 'heartbeat', ack: 0, id: 0 },
      { type: 'data', meaning: 'ack', ack: 5, id: 0 },
      { type: 'data', ack: 0, id: 3, body: { topic: 'ecrhub' } },
    ]);
    expect(again(ecrHub, hex)).toBe(hexOf(bytesOf(hex)));
  });

  test('tells noise, broken and cut packets with their places', () => {
    expect(ecrHub.decode(bytesOf('0102 55AA010000000009CC33 55AA0100'))).toEqual([
      { error: 'noise', at: 0, length: 2 },
      { error: 'bad-xor', at: 2 },
      { error: 'noise', at: 4, length: 8 },
      { error: 'truncated', at: 12 },
      { error: 'noise', at: 14, length: 2 },
    ]);
    expect(codeOf(() => ecrHub.decode(bytesOf('010203')))).toBe('no-frame');
  });

  test('hides a card number, and keeps text that is no tidy JSON', () => {
    const said = (text: string) => ecrHub.encode!([{ type: 'data', id: 1, text }]);
    expect(JSON.stringify(ecrHub.decode(Uint8Array.from(said(`{"card_no":"${CARD}"}`))))).toContain(
      '476173****0119',
    );
    expect(ecrHub.decode(Uint8Array.from(said('{ "a": 1 }')))).toEqual([
      { type: 'data', ack: 0, id: 1, text: '{ "a": 1 }' },
    ]);
    expect(
      ecrHub.decode(Uint8Array.from(ecrHub.encode!({ type: 'data', id: 1, hex: 'FFFE' }))),
    ).toMatchObject([{ hex: 'FFFE' }]);
    expect(codeOf(() => ecrHub.encode!({ type: 'data', id: 256 }))).toBe('bad-command');
    expect(codeOf(() => ecrHub.encode!({ type: 'data', id: 1, text: 'x'.repeat(1_025) }))).toBe(
      'unsupported',
    );
  });
});

describe('wire zvt', () => {
  test('shows commands and acknowledgements, and writes them back byte for byte', () => {
    const hex = '10020601070400000000120010 03DA24 06 10028000001003F51F 15';
    expect(zvt.decode(bytesOf(hex))).toEqual([
      { command: '0601', name: 'authorise', data: '04000000001200' },
      { control: 'ack' },
      { command: '8000', name: 'ok', data: '' },
      { control: 'nak' },
    ]);
    expect(again(zvt, hex)).toBe(hexOf(bytesOf(hex)));
  });

  test('masks the number and the tracks of a terminal that does not', () => {
    const status = `270022F0F8${CARD}23F1F2${CARD}D2812201`;
    const bytes = Uint8Array.from(zvt.encode!({ command: '040F', data: status }));
    const shown = JSON.stringify(zvt.decode(bytes));
    expect(shown).not.toContain(CARD);
    expect(shown).toContain('476173EEEEEE0119');
    expect(shown).toContain('"card":"476173******0119"');
    expect(shown).toContain(`23F1F2${'E'.repeat(24)}`);
    const hidden = Uint8Array.from(zvt.encode!({ command: '06D1', data: asText(`CARD ${CARD}`) }));
    expect(zvt.decode(hidden)).toEqual([{ command: '06D1', name: 'printLine', error: 'card-data' }]);
  });

  test('tells what is broken with its place', () => {
    expect(zvt.decode(bytesOf('FF 1002 8000001003 0000 1002 800001 1003 7C96 1002 06'))).toMatchObject([
      { error: 'noise', at: 0, length: 1 },
      { error: 'bad-check', at: 1 },
      expect.anything(),
      { error: 'truncated' },
    ]);
    expect(codeOf(() => zvt.decode(bytesOf('FFFF')))).toBe('no-frame');
    expect(codeOf(() => zvt.encode!({ command: '06' }))).toBe('bad-command');
  });
});

describe('wire pax', () => {
  test('shows frames and controls, and writes them back byte for byte', () => {
    const hex = `024130301C312E3238034B 06 ${stx('T00\x1c1.28\x1c01\x1c1250\x1f0\x1c\x1cA1')} 0415`;
    expect(pax.decode(bytesOf(hex))).toEqual([
      { fields: ['A00', '1.28'] },
      { control: 'ack' },
      { fields: ['T00', '1.28', '01', ['1250', '0'], '', 'A1'] },
      { control: 'eot' },
      { control: 'nak' },
    ]);
    expect(again(pax, hex)).toBe(hexOf(bytesOf(hex)));
  });

  test('never makes A30 nor its answer, and does not show one', () => {
    for (const fields of [
      ['A30', '1.28'],
      [['A30'], '1.28'],
      ['0', 'A31', '1.28', '000000', 'OK', CARD],
    ])
      expect(codeOf(() => pax.encode!({ fields }))).toBe('bad-command');
    expect(pax.decode(bytesOf(stx(`0\x1cA31\x1c1.28\x1c000000\x1cOK\x1c${CARD}`)))).toEqual([
      { error: 'forbidden', at: 0 },
    ]);
    expect(pax.decode(bytesOf(stx('A30\x1c1.28')))).toEqual([{ error: 'forbidden', at: 0 }]);
  });

  test('masks the account wherever it stands', () => {
    const answer = `0\x1cT01\x1c1.28\x1c000000\x1cOK\x1c00\x1c01\x1c1250\x1c${CARD}\x1f4\x1f2812\x1f\x1f\x1f\x1f01\x1fTEST/CARD\x1c1`;
    const shown = JSON.stringify(pax.decode(bytesOf(stx(answer))));
    expect(shown).not.toMatch(/2812|TEST|4761739/);
    expect(shown).toContain('476173****0119');
    expect(JSON.stringify(pax.decode(bytesOf(stx(`0\x1cA09\x1c${CARD}`))))).toContain('476173****0119');
  });

  test('tells what is broken with its place', () => {
    expect(pax.decode(bytesOf('024130301C312E3238034C 02413002 4103'))).toEqual([
      { error: 'bad-check', at: 0 },
      { error: 'truncated', at: 11 },
      { error: 'truncated', at: 14 },
    ]);
    expect(codeOf(() => pax.decode(bytesOf('4130')))).toBe('no-frame');
    expect(codeOf(() => pax.encode!({ fields: ['A00', '\x02'] }))).toBe('bad-command');
  });
});

test.each([
  ['ecrhub', ecrHub],
  ['zvt', zvt],
  ['pax', pax],
] as const)('every capture of %s is one message, and is written back byte for byte', (id, codec) => {
  const folder = new URL(`../../src/devices/drivers/${id}/captures/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.hex'));
  expect(files.length).toBeGreaterThan(1);
  for (const name of files) {
    const hex = readFileSync(new URL(name, folder), 'utf8').trim();
    const messages = codec.decode(bytesOf(hex));
    expect([name, messages.length, JSON.stringify(messages).includes('error')]).toEqual([name, 1, false]);
    expect(again(codec, hex)).toBe(hex);
  }
});

test('random bytes are messages or a coded failure, in every codec', () => {
  const codes = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(ecrHub, zvt, pax), fc.uint8Array({ maxLength: 400 }), (codec, bytes) => {
      codes.add(codeOf(() => codec.decode(Uint8Array.from(bytes))));
    }),
    { seed: 5, numRuns: 500 },
  );
  expect([...codes].every((code) => code === 'none' || code === 'no-frame')).toBe(true);
});
