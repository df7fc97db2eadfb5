import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ACCENTS } from '../../domain/look.ts';
import { contrastOf, readTokens, type Tokens } from './token-reader.ts';

const CSS = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

const LOOKS = (['light', 'dark'] as const).flatMap((theme) =>
  (['normal', 'more'] as const).flatMap((contrast) =>
    ACCENTS.map((accent) => ({
      theme,
      contrast,
      accent,
      tokens: readTokens(CSS, { theme, contrast, accent }),
    })),
  ),
);

/** Ink, and every ground it is written on somewhere in `src/ui`. */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  ink: ['case', 'case-deep', 'panel', 'paper', 'key', 'key-other'],
  'ink-dim': ['case', 'case-deep', 'panel', 'key', 'key-other'],
  case: ['ink'],
  'paper-ink': ['paper'],
  'paper-dim': ['paper'],
  'bezel-ink': ['bezel', 'bezel-raised', 'bezel-key', 'bezel-key-other'],
  'bezel-dim': ['bezel', 'bezel-raised'],
  'bezel-warn': ['bezel'],
  'bezel-bad': ['bezel'],
  'accent-ink': ['accent'],
  'accent-text': ['case', 'panel', 'paper'],
  'accent-bezel': ['bezel', 'bezel-raised'],
  'good-text': ['case', 'panel', 'paper'],
  'warn-text': ['case', 'panel', 'paper', 'key-other'],
  'bad-text': ['case', 'panel', 'paper'],
  'bad-ink': ['bad'],
  'warn-ink': ['warn', 'warn-deep'],
  'good-ink': ['good'],
  'undone-ink': ['undone'],
  'call-ink': ['call'],
  'demo-ink': ['demo'],
  'slip-ink': ['slip'],
  'slip-dim': ['slip'],
};

/** Amounts are read from where the customer stands: 7:1 without being asked for. */
const AMOUNTS: Readonly<Record<string, string>> = {
  'bezel-ink': 'bezel',
  'good-ink': 'good',
  'warn-ink': 'warn',
  'bad-ink': 'bad',
  'undone-ink': 'undone',
  'call-ink': 'call',
  'paper-ink': 'paper',
  ink: 'case',
  'accent-ink': 'accent',
};

/** What is no text and must be seen all the same (WCAG 1.4.11). */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  focus: ['case', 'panel', 'paper', 'key', 'key-other'],
  'field-line': ['paper'],
  accent: ['bezel', 'bezel-raised', 'bezel-key'],
  'accent-text': ['key', 'case-deep', 'panel'],
  'slip-rule': ['slip'],
};

/** Every pair of a table that is nearer than `least`, in words. */
function tooNear(
  tokens: Tokens,
  pairs: Readonly<Record<string, readonly string[]>>,
  least: number,
): string[] {
  return Object.entries(pairs).flatMap(([mark, grounds]) =>
    grounds.flatMap((ground) => {
      const ratio = contrastOf(tokens(mark), tokens(ground));
      return ratio >= least ? [] : [`${mark} on ${ground}: ${ratio.toFixed(2)} < ${least}`];
    }),
  );
}

describe.each(LOOKS)('$theme, contrast $contrast, $accent', ({ contrast, tokens }) => {
  test('every text is at least 4.5:1 on its ground, 7:1 where more was asked for', () => {
    expect(tooNear(tokens, TEXT, contrast === 'more' ? 7 : 4.5)).toEqual([]);
  });

  test('every amount is at least 7:1', () => {
    const pairs = Object.fromEntries(Object.entries(AMOUNTS).map(([ink, ground]) => [ink, [ground]]));
    expect(tooNear(tokens, pairs, 7)).toEqual([]);
  });

  test('focus, fields and marks are at least 3:1', () => {
    expect(tooNear(tokens, MARKS, 3)).toEqual([]);
  });
});

test('the arithmetic is that of WCAG 2.2: black on white is 21, and the worked grey is 4.54', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test('more contrast changes no token that does not exist, and every accent sets the same ones', () => {
  const blocks = [...CSS.matchAll(/:root(\[[^\]]+\])? \{([^}]*)\}/g)].map(([, selector = '', body = '']) => ({
    selector,
    names: [...body.matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name),
  }));
  const [root, ...others] = blocks;
  expect(others.flatMap(({ names }) => names).filter((name) => !root?.names.includes(name))).toEqual([]);
  const accents = blocks.filter(({ selector }) => selector.includes('data-accent'));
  expect(accents).toHaveLength(ACCENTS.length - 1);
  for (const { names } of accents) expect(names).toEqual(accents[0]?.names);
});
