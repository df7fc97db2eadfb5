import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const UI = new URL('..', import.meta.url).pathname;

/** Sources of the page; the mark of the product in `icons.ts` has its own colours, as on the home screen. */
const SOURCES = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /[.](ts|css)$/.test(file) && !/[.]test[.]ts$|^testing[/]|tokens[.]css$|icons[.]ts$/.test(file),
);

/** Lines of all sources that match, without masks, whose black and nothing are no colours. */
function found(pattern: RegExp): readonly string[] {
  return SOURCES.flatMap((file) =>
    readFileSync(join(UI, file), 'utf8')
      .split('\n')
      .filter((line) => !/\bmask:/.test(line) && pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

test('no colour is written outside the tokens', () => {
  expect(
    found(
      /(?<![\w.&'"`])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?!\()|\b(?:rgba?|hsla?|oklch)\(/,
    ),
  ).toEqual([]);
});

test('no size of type in rem, no round corner in px and no time of a motion is written outside the tokens', () => {
  expect(
    found(
      /font-size: [\d.]+(?:rem|px);|border-radius: \d{2,}px|(?:animation|transition):[^;]*\b\d*\.?\d+m?s\b/,
    ),
  ).toEqual([]);
});

test('the component library is imported by the kit alone', () => {
  const importers = SOURCES.filter((file) => readFileSync(join(UI, file), 'utf8').includes("'@awesome.me/"));
  expect(importers.filter((file) => !file.startsWith('kit/'))).toEqual([]);
});
