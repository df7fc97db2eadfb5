import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cruised, cruise } from './cruise.mjs';

// Goal: prove that the fence bites. Method: a small house in a temporary folder with one bad import per rule, each
// of which must be reported, and good imports beside them, none of which may be.

const ROOT = dirname(import.meta.dirname);

const GOOD: Record<string, string> = {
  'src/domain/money.ts': 'export const fen = 1;',
  'src/contract/api.ts': "import { fen } from '../domain/money.ts'; export const api = fen;",
  'src/devices/errors.ts': 'export const lost = 1;',
  'src/devices/ports.ts': "import { fen } from '../domain/money.ts'; export const port = fen;",
  'src/devices/transports/webusb.ts': "import { lost } from '../errors.ts'; export const usb = lost;",
  'src/devices/codecs/escpos/escpos.ts': "import { lost } from '../../errors.ts'; export const esc = lost;",
  'src/devices/drivers/a/driver.ts':
    "import { esc } from '../../codecs/escpos/escpos.ts'; export const a = esc;",
  'src/devices/simulators/printer.ts':
    "import { esc } from '../codecs/escpos/escpos.ts'; export const sim = esc;",
  'src/devices/testing/fake.ts': "import { usb } from '../transports/webusb.ts'; export const fake = usb;",
  'src/flow/payment/payment.ts': "import { port } from '../../devices/ports.ts'; export const pay = port;",
  'src/store/journal.ts': "import { api } from '../contract/api.ts'; export const journal = api;",
  'src/remote/client.ts': "import { api } from '../contract/api.ts'; export const client = api;",
  'src/i18n/text.ts': "import { fen } from '../domain/money.ts'; export const text = fen;",
  'src/ui/page.ts':
    "import { pay } from '../flow/payment/payment.ts'; import { text } from '../i18n/text.ts'; export const page = [pay, text];",
  'src/wiring/clock.ts': "import { journal } from '../store/journal.ts'; export const clock = journal;",
  'src/main.ts':
    "import { clock } from './wiring/clock.ts'; import { page } from './ui/page.ts'; export const app = [clock, page];",
  'server/src/app.ts':
    "import { api } from '../../src/contract/api.ts'; import { createServer } from 'node:http'; export const app = [api, createServer];",
};

const bad = (rule: string, file: string, target: string) => ({ rule, file, target });

const BAD = [
  bad('src-domain-only', 'src/domain/bad.ts', '../contract/api.ts'),
  bad('src-contract-only', 'src/contract/bad.ts', '../store/journal.ts'),
  bad('src-i18n-only', 'src/i18n/bad.ts', '../ui/page.ts'),
  bad('src-devices-transports-only', 'src/devices/transports/bad.ts', '../../domain/money.ts'),
  bad('src-devices-codecs-only', 'src/devices/codecs/bad.ts', '../transports/webusb.ts'),
  bad('src-devices-only', 'src/devices/bad.ts', '../flow/payment/payment.ts'),
  bad('src-flow-only', 'src/flow/bad.ts', '../devices/drivers/a/driver.ts'),
  bad('src-flow-only', 'src/flow/bad-store.ts', '../store/journal.ts'),
  bad('src-store-only', 'src/store/bad.ts', '../remote/client.ts'),
  bad('src-remote-only', 'src/remote/bad.ts', '../store/journal.ts'),
  bad('src-ui-only', 'src/ui/bad.ts', '../devices/ports.ts'),
  bad('src-ui-only', 'src/ui/bad-store.ts', '../store/journal.ts'),
  bad('server-only', 'server/src/bad.ts', '../../src/flow/payment/payment.ts'),
  bad('drivers-do-not-know-each-other', 'src/devices/drivers/b/driver.ts', '../a/driver.ts'),
  bad('page-stays-in-src', 'src/bad.ts', '../server/src/app.ts'),
  bad('nobody-imports-the-wiring', 'src/ui/bad-main.ts', '../main.ts'),
  bad('nobody-imports-the-wiring', 'src/flow/bad-wiring.ts', '../wiring/clock.ts'),
  bad('page-stays-in-src', 'src/wiring/bad.ts', '../../server/src/app.ts'),
  bad('page-has-no-node', 'src/domain/bad-node.ts', 'node:fs'),
  bad('product-does-not-use-test-code', 'src/devices/bad-fake.ts', './testing/fake.ts'),
  bad('product-has-no-dev-dependencies', 'server/src/bad-dev.ts', 'fast-check'),
  bad('no-unresolved', 'src/domain/bad-nowhere.ts', './nowhere.ts'),
];

const OTHER = {
  'src/domain/orphan.ts': 'export const alone = 1;',
  'src/domain/cycle-a.ts': "import { b } from './cycle-b.ts'; export const a = () => b;",
  'src/domain/cycle-b.ts': "import { a } from './cycle-a.ts'; export const b = () => a;",
};

function build(files: Record<string, string>): string {
  const house = mkdtempSync(join(tmpdir(), 'fences-'));
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'node_modules']) {
    if (!(file in files)) symlinkSync(join(ROOT, file), join(house, file));
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(house, dirname(file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }
  return house;
}

function importing(target: string): string {
  return `import * as target from '${target}';\nexport const use = target;\n`;
}

describe('the fence', () => {
  const houses: string[] = [];
  let cruised: Cruised;
  let clean: Cruised;

  beforeAll(() => {
    const planted = Object.fromEntries(BAD.map(({ file, target }) => [file, importing(target)]));
    houses.push(build({ ...GOOD, ...planted, ...OTHER }), build(GOOD));
    [cruised, clean] = houses.map((house) => cruise(house)) as [Cruised, Cruised];
  });
  afterAll(() => {
    for (const house of houses) rmSync(house, { recursive: true, force: true });
  });

  test.each(BAD)('$rule reports $file importing $target', ({ rule, file }) => {
    expect(cruised.violations.filter(({ from }) => from === file).map((found) => found.rule)).toContain(rule);
  });

  test('an orphan and a cycle are reported', () => {
    expect(cruised.violations).toContainEqual({
      rule: 'no-orphans',
      from: 'src/domain/orphan.ts',
      to: 'src/domain/orphan.ts',
    });
    expect(cruised.violations.some(({ rule, from }) => rule === 'no-cycles' && from.includes('cycle-'))).toBe(
      true,
    );
  });

  test('imports that the house allows are not reported', () => {
    expect(clean.violations).toEqual([]);
    expect(clean.modules.length).toBe(Object.keys(GOOD).length);
  });

  test('every rule of the fence has a planted import here', () => {
    const rules: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
      '../.dependency-cruiser.cjs',
    );
    const planted = new Set([...BAD.map(({ rule }) => rule), 'no-orphans', 'no-cycles']);
    expect(rules.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  test('a cruise that sees no module is an error, not a pass', () => {
    const config = '{ "include": ["elsewhere.ts"] }';
    const empty = build({ 'tsconfig.json': config, 'elsewhere.ts': '', 'src/readme.txt': 'No code here.' });
    houses.push(empty);
    expect(() => cruise(empty)).toThrow('saw no TypeScript module');
  });
});
