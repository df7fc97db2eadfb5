import { expect, test } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import { formsOf, textsOf } from './testing/texts.ts';

/** What each language puts around the name of something on the screen. */
const QUOTES = /「([^」]+)」|«([^»]+)»|"([^"]+)"/g;

/** Texts that quote what this screen does not show: the office, the browser, the device's own manual, a voice, a noise. */
const ELSEWHERE: readonly string[] = [
  'words | first.code-office',
  'words | first.rejoin-why',
  'words | settings.install-by-hand',
  'counter | step.connect-nfc',
  'counter | prepare.scanner-hid',
  'counter | prepare.scanner-serial',
  'counter | prepare.scale-continuous',
  'counter | prepare.scale-enq',
  'deviceProblems | camera-no-access | action',
  'deviceProblems | nfc-no-access | action',
  'help | sound.voice-why',
  'wizard | kicking.why',
];

test.each(LANGUAGES)('in %s, what a text puts in quotes is on the screen under that name', (language) => {
  const texts = [...textsOf(language)].flatMap(([name, message]) =>
    formsOf(message).map(([, text]) => ({ name, text })),
  );
  const shown = new Set(texts.map(({ text }) => text));
  const strange = texts.flatMap(({ name, text }) =>
    [...text.matchAll(QUOTES)]
      .map(([, ...quoted]) => quoted.find((each) => each !== undefined) ?? '')
      .filter((quoted) => !shown.has(quoted) && !/^\{\w+\}$/.test(quoted))
      .map((quoted) => `${name}: ${quoted}`),
  );
  expect(strange.filter((each) => !ELSEWHERE.some((name) => each.startsWith(`${name}: `)))).toEqual([]);
});
