import { parseArgs } from 'node:util';
import { Gb18030 } from '../src/devices/codecs/gb18030/gb18030.ts';
import { compileReceipt } from '../src/devices/drivers/escpos/compile.ts';
import { printerProfile } from '../src/devices/printer-profile.ts';
import { blankBitmap } from '../src/devices/receipt/bitmap.ts';
import { layOut } from '../src/devices/receipt/layout.ts';
import type { ReceiptDocument } from '../src/domain/receipt.ts';

/**
 * What a slip of 60 Chinese lines costs to lay out and encode, beside the least that can be done: a loop that looks up
 * lines which are already laid out in a ready table. Fails when ours takes more than three times as long.
 * npm run bench -- receipt [--rounds 200]
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);
/** Slips per round: long enough for the clock, short enough for a quiet moment of the machine. */
const SLIPS = 50;
const TIMES_MAX = 3;
const COLUMNS = 48;

const names = ['龙井茶 250g', '可口可乐 330ml', '小笼包', '初榨橄榄油', 'A4 纸', '鸡蛋'];
const document: ReceiptDocument = {
  v: 1,
  language: 'zh-CN',
  blocks: Array.from({ length: 60 }, (_, index) => ({
    kind: 'item' as const,
    name: names[index % names.length] ?? '',
    quantity: '2',
    price: '12.50',
    amount: '25.00',
  })),
};

const profile = { ...printerProfile('generic-80'), columns: COLUMNS } as const;
const gb18030 = new Gb18030();
gb18030.warm();
const press = { gb18030, raster: () => blankBitmap(8, 1) };
const ours = (): number => compileReceipt(document, profile, press, false).bytes.length;

const lines = layOut(document, COLUMNS).flatMap((part) => (part.kind === 'line' ? [`${part.text}\n`] : []));
const table = tableOf(lines.join(''));
const least = (): number => {
  const out = new Uint8Array(4_096);
  let end = 0;
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 1) {
      const unit = line.charCodeAt(at);
      if (unit < 0x80) out[end++] = unit;
      else {
        const pair = table[unit] ?? 0;
        out[end++] = pair >> 8;
        out[end++] = pair & 0xff;
      }
    }
  }
  return out.slice(0, end).length;
};

function tableOf(text: string): Uint16Array {
  const pairs = new Uint16Array(0x1_0000);
  for (const character of text) {
    const code = gb18030.encode(character);
    if (code?.length === 2) pairs[character.charCodeAt(0)] = ((code[0] ?? 0) << 8) | (code[1] ?? 0);
  }
  return pairs;
}

function microseconds(work: () => number): number {
  const start = performance.now();
  for (let slip = 0; slip < SLIPS; slip += 1) work();
  return ((performance.now() - start) * 1_000) / SLIPS;
}

/** Turn and turn about, so that a busy machine slows both; the quietest tenth is the figure. */
const samples = { ours: [] as number[], least: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  samples.ours.push(microseconds(ours));
  samples.least.push(microseconds(least));
}
const quiet = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 10)] ?? 0;
const [mine, theirs] = [quiet(samples.ours), quiet(samples.least)];
const times = mine / theirs;
const round1 = (value: number): number => Math.round(value * 10) / 10;

console.log(
  JSON.stringify({
    bench: 'receipt',
    metric: 'encode',
    unit: 'µs',
    ours: round1(mine),
    peer: 'limit',
    theirs: round1(theirs),
    ratio: Math.round((theirs / mine) * 100) / 100,
    times: round1(times),
  }),
);
console.log(
  JSON.stringify({
    bench: 'receipt',
    metric: 'bytes',
    unit: 'bytes',
    ours: ours(),
    peer: 'limit',
    theirs: least(),
    ratio: Math.round((least() / ours()) * 100) / 100,
  }),
);
if (times > TIMES_MAX) {
  console.error(`laying out and encoding took ${round1(times)} times the limit; ${TIMES_MAX} are allowed`);
  process.exitCode = 1;
}
