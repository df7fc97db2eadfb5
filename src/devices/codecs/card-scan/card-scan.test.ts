import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardNumbersInBytes, cardNumbersInText, holdsCardNumber, SCAN_MAX } from './card-scan.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const packed = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** Another way to the check digit: a table of doubled digits, from the left. */
function withCheckDigit(payload: string): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  let sum = 0;
  for (const [index, char] of [...payload].entries()) {
    const isDoubled = (payload.length - index) % 2 === 1;
    sum += isDoubled ? doubled[Number(char)]! : Number(char);
  }
  return payload + String((10 - (sum % 10)) % 10);
}

const cardNumber = fc
  .tuple(
    fc.integer({ min: 2, max: 9 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 17 }),
  )
  .map(([first, rest]) => withCheckDigit(`${first}${rest.join('')}`))
  .filter((digits) => !/^(\d)\1*$/.test(digits));

describe('a card number is found', () => {
  test.each([
    ['as text', '5413330089010434'],
    ['in track 2', ';5413330089010434=30121010000000000000?'],
    ['in track 1', '%B5413330089010434^TEST/CARD^3012101?'],
    ['in groups', 'card 5413 3300 8901 0434 please'],
    ['with dashes', '4761-7390-0101-0010'],
    ['as packed digits in hex', '57135413330089010434D30121010000'],
    ['as text in hex', Buffer.from(';5413330089010434=3012').toString('hex').toUpperCase()],
  ])('%s', (_, text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  test.each([
    ['as text', ascii(';5413330089010434=3012?')],
    ['as packed digits', packed('57135413330089010434D30121010000')],
    ['as packed digits with zeros in front', packed('00005413330089010434F0')],
  ])('in bytes %s', (_, bytes) => {
    expect(holdsCardNumber(bytes)).toBe(true);
  });

  test('of every length and scheme, and is told by place and size only', () => {
    fc.assert(
      fc.property(cardNumber, (digits) => {
        expect(cardNumbersInText(`x${digits}x`)).toEqual([{ at: 1, digits: digits.length }]);
        expect(cardNumbersInBytes(ascii(`x${digits}x`))).toEqual([{ at: 1, digits: digits.length }]);
        expect(holdsCardNumber(Buffer.from(digits).toString('hex'))).toBe(true);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe('nothing is found', () => {
  test.each([
    ['in a masked number', '541333******0434'],
    ['in a masked track', ';5413330000000434=30121010000000000000?'],
    ['with a wrong check digit', '5413330089010435'],
    ['in twelve digits', '541333008901'],
    ['in twenty digits', '54133300890104340000'],
    ['in zeros', '0000000000000000'],
    ['in one repeated digit', '9999999999999999'],
    ['in an amount', '9F02060000000012509F0306000000000000'],
  ])('%s', (_, text) => {
    expect(cardNumbersInText(text)).toEqual([]);
    expect(cardNumbersInBytes(ascii(text))).toEqual([]);
  });

  test('whatever is given, nothing throws and little is looked at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, text) => {
        cardNumbersInBytes(bytes);
        cardNumbersInText(text);
      }),
      { seed: 12, numRuns: 200 },
    );
    expect(holdsCardNumber(`${' '.repeat(SCAN_MAX)}5413330089010434`)).toBe(false);
  });
});
