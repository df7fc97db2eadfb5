import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsClearTrack, isMasked, maskedTrack, serviceCodeOf, shownNumber } from './masked-track.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a masked track', () => {
  test.each([
    [
      'MagneSafe, first four, check digit corrected',
      ';5452000000007189=080400000000000000000?',
      '5452********7189',
    ],
    ['one masked digit stands for the check digit', ';5163000050000445=000000000000?', '5163********0445'],
    ['ID TECH, stars', ';4266********9999=***************?*', '4266********9999'],
    ['stars, first six', ';476173******0010=3012***?', '476173******0010'],
    ['track 1', '%*4266********9999^TEST^****?*', '4266********9999'],
    ['nineteen digits', ';621799*********0018=****?', '621799*********0018'],
    ['more than ten digits readable: not shown at all', ';4761739001010010=3012?', ''],
    ['the last four are masked: there is nothing to show', ';4761************=3012?', ''],
  ])('%s', (_, text, shown) => {
    expect(shownNumber(maskedTrack(text)?.number ?? '')).toBe(shown);
  });

  test.each([
    [';4761000000000010=30122010000000000?', '201'],
    ['%B4761000000000010^A/B^3012601?', '601'],
    [';5452000000007189=080400000000000000000?', undefined],
    [';4266********9999=***************?*', undefined],
    [';4761000000000010=3012?', undefined],
  ])('service code of %s', (text, code) => {
    const track = maskedTrack(text);
    expect(track && serviceCodeOf(track)).toBe(code);
  });

  test.each(['', ';', 'hello', ';12345=', '%B^^'])('%j is none', (text) => {
    expect(maskedTrack(text)).toBeUndefined();
  });
});

describe('card data in clear', () => {
  test.each([
    ['track 2', ';4761739001010010=30121010000000000000?', true],
    ['track 1', '%B4761739001010010^TEST/CARD^3012101000?', true],
    ['track 3 with its format code', ';994761739001010010=156?', true],
    ['masked with zeros', ';4761000000000010=30122010000000000?', false],
    ['masked with stars', ';4761********0010=****?', false],
    ['no card at all', 'a shop, 13 Long Street, 6901234567892', false],
  ])('%s', (_, text, clear) => {
    expect(holdsClearTrack(ascii(`\u0002\u0001${text}\u0003`))).toBe(clear);
  });

  test('no shown number has more than its ends, whatever the mask', () => {
    const number = fc.string({ unit: fc.constantFrom(...'0123456789*'), minLength: 12, maxLength: 19 });
    fc.assert(
      fc.property(number, (text) => {
        expect(shownNumber(text)).toMatch(/^$|^\d{0,6}\*{2,}\d{4}$/);
        if (shownNumber(text) !== '') expect(isMasked(text)).toBe(true);
      }),
    );
  });
});
