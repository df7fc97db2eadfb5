import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  TAIL_MS,
  WEDGE_KEYS_MAX,
  WedgeRecogniser,
  type WedgeSettings,
  type WedgeVerdict,
} from './recogniser.ts';
import type { WedgeKey } from './wedge-key.ts';

const key = (at: number, name: string, more: Partial<WedgeKey> = {}): WedgeKey => ({
  at,
  key: name,
  code: '',
  shift: false,
  chord: false,
  repeat: false,
  ime: false,
  ...more,
});

/** What a page would have seen: keys that came through, codes, and how often a code was unclear. */
interface Seen {
  typed: string;
  codes: string[];
  leaks: string[];
  unclear: number;
}

/** Plays keys as a page does: `rest` is called when the silence is as long as the last verdict said. */
function play(keys: readonly WedgeKey[], settings?: WedgeSettings): Seen {
  const recogniser = new WedgeRecogniser(settings);
  const seen: Seen = { typed: '', codes: [], leaks: [], unclear: 0 };
  let last: WedgeVerdict<WedgeKey> | undefined;
  let at = 0;
  const give = (given: readonly WedgeKey[]) => {
    seen.typed += given.map((each) => each.key).join('');
  };
  for (const each of keys) {
    if (last?.restAfterMs !== undefined && each.at - at > last.restAfterMs) give(recogniser.rest());
    last = recogniser.press(each);
    at = each.at;
    give(last.giveBack);
    if (!last.swallow && !each.ime && each.key.length === 1) seen.typed += each.key;
    if (!last.swallow && each.key === 'Enter') seen.typed += '\n';
    if (last.outcome?.kind === 'unclear') seen.unclear += 1;
    if (last.outcome?.kind === 'scan') {
      seen.codes.push(last.outcome.text);
      seen.leaks.push(last.outcome.leaked);
    }
  }
  give(recogniser.rest());
  return seen;
}

/** Keys of a text, `gap` ms apart, from `start` on, and Enter. */
function keysOf(text: string, gap: number, start = 1_000, more: Partial<WedgeKey> = {}): WedgeKey[] {
  const keys = [...text].map((each, n) => key(start + n * gap, each, more));
  return [...keys, key(start + text.length * gap, 'Enter')];
}

const printable = fc.string({
  minLength: 4,
  maxLength: 60,
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
});

/** Times from the gaps between them. */
const timesOf = (gaps: readonly number[]): number[] => {
  let at = 500;
  return gaps.map((gap) => {
    at += gap;
    return at;
  });
};

describe('a scanner', () => {
  test.each([
    '00000000',
    '0012345678905',
    '134567890123456789',
    'https://wx.tenpay.com/f2f?t=AQAA%2B',
    'A b C',
  ])('every character of %s arrives, and nothing reaches the page', (code) => {
    expect(play(keysOf(code, 10))).toEqual({ typed: '', codes: [code], leaks: [''], unclear: 0 });
  });

  test('any code at any speed up to the setting is taken whole', () => {
    fc.assert(
      fc.property(
        printable,
        fc.array(fc.integer({ min: 0, max: 35 }), { minLength: 61, maxLength: 61 }),
        (code, gaps) => {
          const times = timesOf(gaps);
          const keys = [...code, 'Enter'].map((each, n) => key(times[n]!, each));
          expect(play(keys).codes).toEqual([code]);
        },
      ),
      { seed: 41 },
    );
  });

  test('a slow one, 50 ms a key, is a person by default and a scanner with the setting', () => {
    const slow = keysOf('6901234567892', 50);
    expect(play(slow)).toMatchObject({ typed: '6901234567892\n', codes: [] });
    expect(play(slow, { maxGapMs: 60, minKeys: 4 })).toMatchObject({ typed: '', codes: ['6901234567892'] });
  });

  test('one late key in a code does not break it', () => {
    const keys = keysOf('134567890123456789', 10);
    const late = keys.map((each, n) => ({ ...each, at: each.at + (n > 9 ? TAIL_MS - 20 : 0) }));
    expect(play(late).codes).toEqual(['134567890123456789']);
  });

  test('a late key at the very beginning costs nothing: the head that was given back belongs to the code', () => {
    const keys = keysOf('134567890123456789', 10);
    const late = keys.map((each, n) => ({ ...each, at: each.at + (n > 1 ? 45 : 0) }));
    expect(play(late)).toMatchObject({ codes: ['134567890123456789'], leaks: ['13'] });
  });

  test('a code right behind other keys may have lost its head: it is unclear, never short', () => {
    expect(play([key(900, '1'), ...keysOf('23456789', 10)])).toMatchObject({
      typed: '1',
      codes: [],
      unclear: 1,
    });
  });

  test('capitals: Shift between the characters does not end the code', () => {
    const keys = keysOf('ABCD', 12).flatMap((each) => [
      key(each.at - 2, 'Shift', { code: 'ShiftLeft' }),
      each,
    ]);
    expect(play(keys).codes).toEqual(['ABCD']);
  });

  test('two codes one after the other are two', () => {
    expect(play([...keysOf('11111111', 5), ...keysOf('22222222', 5, 1_060)]).codes).toEqual([
      '11111111',
      '22222222',
    ]);
  });

  test('Tab ends a code as Enter does', () => {
    const keys = [...keysOf('12345678', 5).slice(0, -1), key(1_050, 'Tab', { code: 'Tab' })];
    expect(play(keys).codes).toEqual(['12345678']);
  });

  test('a code without an end is given to the page as typed', () => {
    expect(play(keysOf('12345678', 5).slice(0, -1))).toMatchObject({ typed: '12345678', codes: [] });
  });

  test('a keyboard that never stops fills no memory and loses nothing', () => {
    const text = '7'.repeat(WEDGE_KEYS_MAX * 2 + 10);
    const seen = play(keysOf(text, 1).slice(0, -1));
    expect(seen.typed).toBe(text);
  });
});

describe('under a Chinese input method', () => {
  const codes: Readonly<Record<string, [code: string, shift?: boolean]>> = {
    '0': ['Digit0'],
    '6': ['Digit6'],
    '9': ['Numpad9'],
    a: ['KeyA'],
    A: ['KeyA', true],
    '/': ['Slash'],
    ':': ['Semicolon', true],
    '-': ['NumpadSubtract'],
  };

  test('characters are read from the key when the method hides them, digits intact', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(codes)), { minLength: 4, maxLength: 40 }),
        (text) => {
          const keys = text.map((each, n) => {
            const [code, shift = false] = codes[each]!;
            return key(n * 10, 'Process', { code, shift, ime: true });
          });
          const enter = key(text.length * 10, 'Process', { code: 'Enter', ime: true });
          expect(play([...keys, enter]).codes).toEqual([text.join('')]);
        },
      ),
      { seed: 42 },
    );
  });

  test('full-width punctuation of the method is what the key says', () => {
    const keys = keysOf('abcd', 10);
    keys.splice(2, 0, key(1_015, '：', { code: 'Semicolon', shift: true }));
    expect(play(keys).codes).toEqual(['ab:cd']);
  });

  test('what the method has had is never given a second time', () => {
    const keys = [...'nihao'].map((each, n) =>
      key(n * 120, 'Process', { code: `Key${each.toUpperCase()}`, ime: true }),
    );
    expect(play(keys)).toEqual({ typed: '', codes: [], leaks: [], unclear: 0 });
  });
});

describe('a person', () => {
  test('gets every key back, in order, whatever is typed at the speed of hands', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom(...'0123456789abc.', 'Enter', ' '), fc.integer({ min: 50, max: 400 })),
          {
            maxLength: 60,
          },
        ),
        (strokes) => {
          const times = timesOf(strokes.map(([, gap]) => gap));
          const keys = strokes.map(([each], n) => key(times[n]!, each));
          const seen = play(keys);
          expect(seen.typed).toBe(strokes.map(([each]) => (each === 'Enter' ? '\n' : each)).join(''));
          expect([seen.codes, seen.unclear]).toEqual([[], 0]);
        },
      ),
      { seed: 43 },
    );
  });

  test('whatever comes, every character is either typed or in a code, once', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: fc.constantFrom(...'0123456789', 'Enter', 'ArrowLeft', 'F5', 'Shift'),
            gap: fc.integer({ min: 0, max: 200 }),
            chord: fc.boolean(),
            repeat: fc.boolean(),
          }),
          { maxLength: 200 },
        ),
        (strokes) => {
          const times = timesOf(strokes.map(({ gap }) => gap));
          const keys = strokes.map(({ name, chord, repeat }, n) => key(times[n]!, name, { chord, repeat }));
          const seen = play(keys);
          const given = strokes.filter(({ name }) => name.length === 1).length;
          const leaked = seen.leaks.join('').length;
          const out = seen.typed.replaceAll('\n', '').length + seen.codes.join('').length - leaked;
          if (seen.unclear === 0) expect(out).toBe(given);
          else expect(out).toBeLessThan(given);
        },
      ),
      { seed: 44, numRuns: 500 },
    );
  });

  test('three quick keys and Enter are three keys and Enter', () => {
    expect(play(keysOf('123', 10))).toMatchObject({ typed: '123\n', codes: [] });
  });

  test('a key held down goes through at once', () => {
    const held = Array.from({ length: 20 }, (_, n) =>
      key(1_000 + (n === 0 ? 0 : 470 + n * 30), '0', { repeat: n > 0 }),
    );
    expect(play([...held, key(2_100, 'Enter')])).toMatchObject({ typed: `${'0'.repeat(20)}\n`, codes: [] });
  });

  test('a shortcut goes through, after what was held', () => {
    const recogniser = new WedgeRecogniser();
    recogniser.press(key(0, '1'));
    const verdict = recogniser.press(key(10, 'c', { chord: true }));
    expect(verdict).toMatchObject({ swallow: false, restAfterMs: undefined });
    expect(verdict.giveBack.map((each) => each.key)).toEqual(['1']);
  });

  test('Space on a button is never held', () => {
    expect(new WedgeRecogniser().press(key(0, ' '))).toMatchObject({ swallow: false, giveBack: [] });
  });
});
