// npm run i18n: looks over the texts of every language, and takes them to translators and back.
//   npm run i18n                       what is missing, unused, wrong or suspicious
//   npm run i18n -- export LANG FILE   the texts of a language as PO, for any translation editor
//   npm run i18n -- import FILE        writes what the translator said into src/i18n
import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../src/domain/language.ts';
import { type Flaw, flaws, sameTexts } from '../src/i18n/testing/check.ts';
import { formsOf, textsOf } from '../src/i18n/testing/texts.ts';
import { readPo, writePo } from './i18n/po.ts';
import { putBack } from './i18n/put-back.ts';
import { isUsed, usageIn } from './i18n/usage.ts';
import { ROOT } from './pinned.mjs';

const TEXTS = join(ROOT, 'src', 'i18n');
/** Areas whose keys are codes or fields: the type checker follows those. */
const BY_TYPE = ['errors', 'paymentProblems', 'deviceProblems', 'display', 'pole', 'receipt', 'voice'];
/** Pairs that should not say the same; Chinese in its two scripts often does. */
const APART: readonly (readonly [Language, Language])[] = [
  ['en', 'zh-CN'],
  ['ar', 'en'],
  ['zh-TW', 'en'],
];

const say = (text: string): boolean => process.stderr.write(`${text}\n`);
const tell = (answer: object): void => console.log(JSON.stringify(answer));

function check(): void {
  const found = flaws();
  const keys = [...textsOf('zh-CN').keys()].flatMap((name) => {
    const [area = '', key = ''] = name.split(' | ');
    return BY_TYPE.includes(area) ? [] : [key];
  });
  const texts = new RegExp(`[\\\\/]i18n[\\\\/](${LANGUAGES.join('|')})\\b`, 'i');
  const files = globSync('src/**/*.ts', { cwd: ROOT }).filter(
    (file) => !/[.]test[.]ts$|[\\/]testing[\\/]/.test(file) && !texts.test(file),
  );
  const usage = usageIn(files.map((file) => readFileSync(join(ROOT, file), 'utf8')));
  const missing = [...usage.asked].filter((key) => key.includes('.') && !keys.includes(key));
  const unused = [...new Set(keys)].filter((key) => !isUsed(key, usage));
  const same = APART.flatMap(([language, other]) =>
    sameTexts(language, other)
      .filter((name) => hasWords(language, name))
      .map((name) => `${language} = ${other}: ${name}`),
  );
  for (const each of found) say(`${each.language} ${each.flaw}: ${each.name} ${each.detail}`);
  for (const each of missing) say(`not in the catalogue: ${each}`);
  for (const each of unused) say(`not used: ${each}`);
  for (const each of same) say(`the same? ${each}`);
  const of = (flaw: Flaw['flaw']): number => found.filter((each) => each.flaw === flaw).length;
  tell({
    languages: LANGUAGES.length,
    texts: textsOf('zh-CN').size,
    flaws: found.length,
    untranslated: of('missing'),
    missing,
    unused,
    same: same.length,
  });
  if (found.length > 0 || missing.length > 0) process.exitCode = 1;
}

/** Names of brands and units are the same everywhere. */
const hasWords = (language: Language, name: string): boolean => {
  const message = textsOf(language).get(name);
  return message !== undefined && formsOf(message).some(([, form]) => /\p{Ll}{3,} \p{Ll}{2,}/u.test(form));
};

function exported(language: string | undefined, file: string | undefined): void {
  const known = LANGUAGES.find((each) => each === language);
  if (known === undefined || file === undefined) return usage();
  writeFileSync(file, writePo(known));
  tell({ language: known, texts: textsOf(known).size, file });
}

function imported(file: string | undefined): void {
  if (file === undefined) return usage();
  const { language, texts } = readPo(readFileSync(file, 'utf8'));
  const before = textsOf(language);
  let left: ReadonlyMap<string, string | object> = new Map();
  let changed = new Map(
    [...texts].filter(([name, text]) => JSON.stringify(before.get(name)) !== JSON.stringify(text)),
  );
  const count = changed.size;
  const written: string[] = [];
  for (const name of readdirSync(TEXTS)) {
    const path = join(TEXTS, name);
    if (!name.endsWith('.ts')) continue;
    const code = readFileSync(path, 'utf8');
    const put = putBack(name, code, language, changed);
    if (put.code !== code) {
      writeFileSync(path, put.code);
      written.push(path);
    }
    changed = new Map(put.left);
    left = changed;
  }
  for (const name of left.keys()) say(`by hand: ${name}`);
  const biome = join(ROOT, 'node_modules', '.bin', 'biome');
  if (written.length > 0)
    spawnSync(biome, ['format', '--write', ...written], { stdio: ['ignore', 2, 'inherit'] });
  tell({ language, changed: count - left.size, byHand: [...left.keys()] });
  if (left.size > 0) process.exitCode = 1;
}

function usage(): void {
  say('npm run i18n [-- export LANG FILE | import FILE]');
  process.exitCode = 2;
}

const [what, ...rest] = process.argv.slice(2);
if (what === undefined) check();
else if (what === 'export') exported(rest[0], rest[1]);
else if (what === 'import') imported(rest[0]);
else usage();
