import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMmsArqc } from './arqc.ts';
import { mmsCancel, mmsProperty, mmsResume, mmsStart, mmsSubscribe } from './commands.ts';
import { mmsHappening } from './happenings.ts';
import { decodeMms, encodeMms, type MmsMessage, mmsStatus } from './message.ts';
import { type MmsPiece, MmsReportDecoder, mmsReports } from './reports.ts';
import { MmsSlipDecoder, mmsSlip } from './slip.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const capture = (name: string) =>
  readFileSync(new URL(`../../drivers/mms/captures/${name}.hex`, import.meta.url), 'latin1').trim();
const request = (ref: number, { command, payload }: { command: number; payload: Uint8Array }) =>
  upper(encodeMms({ type: 'request', ref, command, payload }));

describe('what the till sends', () => {
  test('a start is the vendor’s sample but for Quick Chip', () => {
    const start = {
      timeoutS: 60,
      swipe: true,
      chip: true,
      contactless: true,
      transactionType: 0,
      amount: 100,
      currency: 840,
      exponent: 2,
    };
    expect(request(0, mmsStart(start))).toBe(capture('start').replace('84020003', '84020002'));
  });

  test('the other commands are the vendor’s samples', () => {
    expect(request(0x13, mmsCancel())).toBe(capture('cancel'));
    expect(request(0, mmsProperty('serial'))).toBe(capture('get-serial'));
    const [, serial = ''] = /DFDF2508(.{16})/.exec(capture('resume')) ?? [];
    expect(request(0, mmsResume(hex(serial), hex('8A023030')))).toBe(capture('resume'));
    expect(request(2, mmsSubscribe())).toBe('AA00810401021F0284081F02810101820101');
  });
});

describe('a message', () => {
  test.each([
    ['echo-request', { type: 'request', ref: 1, command: 0xdf01 }],
    ['echo-response', { type: 'response', ref: 1, command: 0xdf01 }],
    ['start', { type: 'request', ref: 0, command: 0x1001 }],
    ['start-running', { type: 'response', ref: 1, command: 0x1001 }],
    ['cancel', { type: 'request', ref: 0x13, command: 0x1008 }],
    ['cancel-done', { type: 'response', ref: 0x13, command: 0x1008 }],
    ['resume', { type: 'request', ref: 0, command: 0x1004 }],
    ['get-serial', { type: 'request', ref: 0, command: 0xd101 }],
    ['arqc', { type: 'notification', ref: 0, command: 0x0101 }],
  ] as const)('%s is read', (name, expected) => {
    expect(decodeMms(hex(capture(name)))).toMatchObject(expected);
  });

  test('a status says what became of a command', () => {
    const status = (name: string) => mmsStatus(decodeMms(hex(capture(name)))!);
    expect([status('start-running'), status('cancel-done')]).toEqual(['running', 'done']);
    const of = (first: number) =>
      mmsStatus({ type: 'response', ref: 0, command: 1, detail: Uint8Array.of(first, 0, 0, 0) });
    expect([0x40, 0x41, 0x80, 0x81, 0x77].map(of)).toEqual([
      'done',
      'running',
      'refused',
      'failed',
      'refused',
    ]);
  });

  test.each([
    '',
    'AA',
    'AA01810401010000',
    'AA00',
    'AA0081',
    'AA00810401',
    'AA0081047701DF01',
    'AA0081040101DF018203000000',
  ])('%s is none', (text) => {
    expect(decodeMms(hex(text))).toBeUndefined();
  });
});

const reportsOf = (name: string) => mmsReports(hex(capture(name)));
const decoded = (reports: readonly Uint8Array[]): readonly MmsPiece[] => {
  const decoder = new MmsReportDecoder();
  return reports.flatMap((report) => decoder.push(report));
};

describe('reports', () => {
  test('a short message is one report, a long one head, middle and tail', () => {
    expect(reportsOf('echo-request').map((each) => upper(each).replace(/(00)+$/, ''))).toEqual([
      `0011${capture('echo-request')}`,
    ]);
    expect(reportsOf('start').map((each) => upper(each).slice(0, 10))).toEqual([
      '0100000047',
      '030CA0A'.slice(0, 4) + upper(hex(capture('start'))).slice(118, 124),
    ]);
    expect(reportsOf('arqc').map((each) => upper(each).slice(0, 10))).toEqual([
      expect.stringMatching(/^010000011C/),
      expect.stringMatching(/^020001/),
      expect.stringMatching(/^020002/),
      expect.stringMatching(/^020003/),
      expect.stringMatching(/^032A/),
    ]);
  });

  test('any message comes together again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 900 }), (bytes) => {
        expect(decoded(mmsReports(bytes))).toEqual([{ kind: 'message', bytes: Uint8Array.from(bytes) }]);
      }),
      { seed: 21 },
    );
  });

  test.each([
    ['a lost middle', [0, 2, 3, 4], ['out-of-order', 'out-of-order', 'out-of-order']],
    ['a tail too early', [0, 1, 4], ['bad-length']],
    ['no head', [1, 2], ['out-of-order', 'out-of-order']],
  ])('%s is told, and the next message is whole', (_, order, errors) => {
    const reports = reportsOf('arqc');
    const pieces = decoded([...order.map((at) => reports[at]!), ...reports]);
    expect(pieces.slice(0, -1)).toEqual(errors.map((error) => ({ kind: 'error', error })));
    expect(pieces.at(-1)).toEqual({ kind: 'message', bytes: hex(capture('arqc')) });
  });

  test('a report that is said twice changes nothing', () => {
    const [head, first, ...rest] = reportsOf('arqc');
    expect(decoded([head!, head!, first!, first!, ...rest]).at(-1)).toMatchObject({ kind: 'message' });
  });

  test('a head in the middle of a message starts a new one', () => {
    const pieces = decoded([reportsOf('arqc')[0]!, ...reportsOf('arqc')]);
    expect(pieces.map((piece) => ('error' in piece ? piece.error : piece.kind))).toEqual([
      'out-of-order',
      'message',
    ]);
  });

  test('a length that no message has is refused', () => {
    const head = (size: string) => hex(`01${size}${'00'.repeat(59)}`);
    expect(decoded([head('FFFFFFFF')])).toEqual([{ kind: 'error', error: 'too-long' }]);
    expect(decoded([head('00000001')])).toEqual([{ kind: 'error', error: 'bad-length' }]);
    expect(decoded([hex('0400FF')])).toEqual([{ kind: 'cancelled', reason: 255 }]);
    expect(decoded([hex('7700')])).toEqual([{ kind: 'error', error: 'bad-report' }]);
    expect(decoded([new Uint8Array()])).toEqual([{ kind: 'error', error: 'bad-report' }]);
  });

  test('whatever comes, nothing throws and nothing blocks what follows', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 20 }), (noise) => {
        const decoder = new MmsReportDecoder();
        for (const report of noise)
          for (const piece of decoder.push(report)) if (piece.kind === 'message') decodeMms(piece.bytes);
        const pieces = reportsOf('arqc').flatMap((report) => decoder.push(report));
        expect(pieces.at(-1)).toMatchObject({ kind: 'message' });
      }),
      { seed: 22, numRuns: 300 },
    );
  });
});

describe('a serial line', () => {
  test('any message in any pieces comes together again', () => {
    const frames = fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 9 }), (messages, step) => {
        const line = messages.flatMap((message) => [...mmsSlip(message, true)]);
        const decoder = new MmsSlipDecoder();
        const pieces = [];
        for (let at = 0; at < line.length; at += step)
          pieces.push(...decoder.push(Uint8Array.from(line.slice(at, at + step))));
        expect(pieces).toEqual(
          messages.map((bytes) => ({ kind: 'message', isFromDevice: true, bytes: Uint8Array.from(bytes) })),
        );
      }),
      { seed: 23 },
    );
  });

  test('damage is told once and ends at the next mark', () => {
    const good = mmsSlip(hex('AA00'));
    const line = (text: string) =>
      new MmsSlipDecoder()
        .push(Uint8Array.from([...hex(text), ...good]))
        .map((piece) => ('error' in piece ? piece.error : piece.kind));
    expect(line('0102')).toEqual(['message']);
    expect(line('C0DB0102C0')).toEqual(['bad-escape', 'message']);
    expect(line('C00000000005AA00C0')).toEqual(['bad-length', 'message']);
    expect(line('C007000000 01AAC0')).toEqual(['bad-info', 'message']);
    expect(line('C003C0')).toEqual(['too-long', 'message']);
  });
});

describe('what a card said', () => {
  const message = decodeMms(hex(capture('arqc')))!;

  test('is read by its objects and handed on as it is', () => {
    const happening = mmsHappening(message);
    if (happening.kind !== 'request') throw new Error(happening.kind);
    const arqc = readMmsArqc(happening.payload)!;
    expect(arqc).toMatchObject({
      encryption: { isDukpt: true, cipher: 'tdes' },
      cardType: 'contactless',
      isFallback: false,
      maskedTrack: ';5413330000000434=30120000000000000?',
    });
    expect(upper(arqc.ksn)).toBe('FFFF9876543210E00001');
    expect(upper(arqc.serial)).toBe(upper(Buffer.from('B0000001')));
    const [from = 0] = [capture('arqc').indexOf('F8819D')];
    expect(upper(arqc.container)).toBe(capture('arqc').slice(from, from + 2 * (3 + 0x9d)));
    expect(arqc.clear.map(({ tag }) => tag.toString(16))).toEqual([
      'dfdf54',
      'dfdf55',
      'dfdf25',
      'dfdf53',
      'dfdf4d',
      'dfdf52',
    ]);
  });

  test('without a container has no serial number of a key', () => {
    expect(readMmsArqc(hex('0007DFDF250142000000000000'))).toMatchObject({
      encryption: { isDukpt: false, cipher: 'unknown' },
    });
    expect(readMmsArqc(hex('0007DFDF2501420000000000'))?.ksn).toHaveLength(0);
    expect(readMmsArqc(hex('0002'))).toBeUndefined();
    expect(readMmsArqc(hex('0008F9820010000000000000'))).toBeUndefined();
  });
});

const notification = (command: number, detail: string, payload = ''): MmsMessage => ({
  type: 'notification',
  ref: 0,
  command,
  detail: hex(detail),
  ...(payload === '' ? {} : { payload: hex(payload) }),
});

describe('what a reader tells by itself', () => {
  test.each([
    [0x0101, '08010100', { kind: 'card', what: 'swiped' }],
    [0x0101, '10010200', { kind: 'card', what: 'inserted' }],
    [0x0101, '10010300', { kind: 'card', what: 'removed' }],
    [0x0101, '20010400', { kind: 'card', what: 'tapped' }],
    [0x0101, '20010500', { kind: 'card', what: 'collision' }],
    [0x0101, '20010900', { kind: 'other' }],
    [0x0105, '00010000', { kind: 'ended', how: 'timed-out' }],
    [0x0105, '00030100', { kind: 'ended', how: 'cancelled' }],
    [0x0105, '10020600', { kind: 'ended', how: 'approved', source: 'chip' }],
    [0x0105, '10020700', { kind: 'ended', how: 'deferred' }],
    [0x0105, '20028000', { kind: 'ended', how: 'declined', source: 'contactless' }],
    [0x0105, '10020002', { kind: 'ended', how: 'chip-failed' }],
    [0x0105, '10020803', { kind: 'ended', how: 'use-stripe' }],
    [0x0105, '10020903', { kind: 'ended', how: 'use-stripe' }],
    [0x0105, '20020100', { kind: 'ended', how: 'use-other' }],
    [0x0105, '10020200', { kind: 'ended', how: 'approved-offline' }],
    [0x0105, '10027700', { kind: 'ended', how: 'failed' }],
    [0x1001, '00010000', { kind: 'restarted' }],
    [0x1001, '01010000', { kind: 'other' }],
    [0x9999, '00000000', { kind: 'other' }],
  ])('%i %s', (command, detail, expected) => {
    expect(mmsHappening(notification(command, detail))).toMatchObject(expected);
  });

  test('the words on its screen', () => {
    expect(
      mmsHappening(
        notification(0x1803, '00000000', `8311${Buffer.from('PRESENT\nCARD\0NOW!').toString('hex')}`),
      ),
    ).toEqual({
      kind: 'screen',
      text: 'PRESENT\nCARD\nNOW!',
    });
  });
});
