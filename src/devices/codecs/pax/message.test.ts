import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodePax,
  encodePaxOrder,
  encodePaxQuestion,
  PAX_COMMANDS,
  type PaxCommand,
  takePaxReply,
} from './message.ts';

const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const shown = (bytes: Uint8Array) =>
  Buffer.from(bytes).toString('latin1').replaceAll('\x1c', '|').replaceAll('\x1f', ',');
const body = (text: string) => ascii(text.replaceAll('|', '\x1c').replaceAll(',', '\x1f'));

describe('PAX requests', () => {
  test.each([
    ['initialise', encodePax('A00'), 'A00|1.28'],
    ['cancel', encodePax('A14'), 'A14|1.28'],
    ['sale', encodePaxOrder({ type: '01', amount: 1_250, ecrRef: 'a1' }), 'T00|1.28|01|1250||a1|||||'],
    ['void', encodePaxOrder({ type: '16', ecrRef: 'Va', transaction: '7' }), 'T00|1.28|16|||Va,,,7|||||'],
    ['question', encodePaxQuestion('a1'), 'R02|1.28|00||||a1|||'],
    ['batch close', encodePax('B00'), 'B00|1.28'],
  ])('%s', (_, bytes, text) => {
    expect(shown(bytes)).toBe(text);
  });

  test('A30 cannot be written, whatever the types say', () => {
    expect(PAX_COMMANDS).not.toContain('A30');
    for (const command of ['A30', 'A31', 'a30', ' A30', 'A30\x1c1.28', ''])
      expect(() => encodePax(command as PaxCommand)).toThrow('no till may send');
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), (command) => {
        if ((PAX_COMMANDS as readonly string[]).includes(command)) return;
        expect(() => encodePax(command as PaxCommand)).toThrow();
      }),
    );
  });

  test('no field can smuggle a message of its own in', () => {
    for (const text of ['\x1cA30', '\x02', '\x03', 'é'])
      expect(() => encodePax('A00', [text])).toThrow('ASCII');
  });
});

describe('PAX replies', () => {
  const T01 =
    '0|T01|1.28|000000|OK|00,APPROVAL,301234,000000000042,7,3|01|1250,0,0|0119,4,2812,,,,01,TEST/CARD|7,a1,20261122200000';
  const R03 =
    '0|R03|1.28|000000|OK|1|1|00,APPROVAL,301234,000000000042,7,3|01|17|01|1250,0|0119,4,2812|7,a1,20261122200000';
  const money = {
    amount: 1_250,
    authCode: '301234',
    hostReference: '000000000042',
    batch: '3',
    card: '****0119',
    entry: '4',
    transaction: '7',
    ecrRef: 'a1',
  };

  test('a sale, a report and an initialisation are read', () => {
    expect(takePaxReply(body(T01))).toEqual({
      command: 'T01',
      code: '000000',
      isNotFound: false,
      type: '01',
      ...money,
    });
    expect(takePaxReply(body(R03))).toEqual({
      command: 'R03',
      code: '000000',
      isNotFound: false,
      total: 1,
      type: '17',
      originalType: '01',
      ...money,
    });
    expect(takePaxReply(body('0|A01|1.28|000000|OK|53423457|A80'))).toEqual({
      command: 'A01',
      code: '000000',
      isNotFound: false,
      serial: '53423457',
      model: 'A80',
    });
  });

  test.each([
    ['100023', 'X'],
    ['100999', 'NOT FOUND'],
    ['100999', 'Trans not found'],
  ])('%s %s says that it is not there', (code, text) => {
    expect(takePaxReply(body(`0|R03|1.28|${code}|${text}`))?.isNotFound).toBe(true);
  });

  test('an account that comes in clear is cut, and nothing else of the card is kept', () => {
    const reply = takePaxReply(body(T01.replace('0119', '4761739001010119')));
    expect(reply?.card).toBe('476173****0119');
    expect(JSON.stringify(reply)).not.toMatch(/4761739|2812|TEST/);
    const asked = takePaxReply(body('0|A31|1.28|000000|OK|1|4761739001010119|2812|TEST/CARD'));
    expect(asked).toEqual({ command: 'A31', code: '000000', isNotFound: false });
  });

  test('reading a reply wipes it, also one that is none', () => {
    for (const text of [T01, 'garbage 4761739001010119', '']) {
      const bytes = body(text);
      takePaxReply(bytes);
      expect(bytes.every((byte) => byte === 0)).toBe(true);
    }
  });

  test.each(['', '0', '0|T01', '0|T01|1.28|OK|', 'T01|1.28|000000|OK', '0|X|1.28|000000|OK'])(
    '%s is none',
    (text) => {
      expect(takePaxReply(body(text))).toBeUndefined();
    },
  );

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void takePaxReply(Uint8Array.from(bytes))),
    );
  });
});
