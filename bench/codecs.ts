import { parseArgs } from 'node:util';
import BerTlv from 'ber-tlv';
import Iso8583 from 'iso_8583';
import NodeTlv from 'node-tlv';
import { Iso8583Codec } from '../server/src/acquirers/iso8583/codec.ts';
import { type FieldSpec, UNIONPAY_FIELDS } from '../server/src/acquirers/iso8583/fields.ts';
import { parseTlv, type TlvNode } from '../src/devices/codecs/tlv/ber-tlv.ts';
import { type BareField, barePack, bareUnpack, walkTlv } from './codecs/limits.ts';
import { NESTED, SALE } from './codecs/samples.ts';

/**
 * How many TLV strings and bank messages a second the codecs take, beside the npm packages that do the same and beside
 * the least that can be done (no checks, no errors). Every answer is proved once before it is timed.
 * Fails when a goal is missed by more than the noise. npm run bench -- codecs [--rounds 41]
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '41' } } });
const ROUNDS = Number(values.rounds);
/** A sample lasts about so long: enough for the clock, short enough for a quiet moment of the machine. */
const SAMPLE_MS = 8;
const RATIO_DIGITS = 2;
/** How far ahead of a peer, and which share of the limit, ours must be. */
const GOALS = { peer: 10, limit: 0.25 };
/** A busy machine moves a ratio by so much; only what falls short of that too is a failure. */
const NOISE = 0.85;

const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

/** Works turn and turn about, so that a busy machine slows them all; times a second, the median of the rounds. */
function perSecond<K extends string>(works: Readonly<Record<K, () => number>>): Record<K, number> {
  const names = Object.keys(works) as K[];
  const turns = Object.fromEntries(names.map((name) => [name, calibrated(works[name])])) as Record<K, number>;
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) samples[name].push(rate(works[name], turns[name]));
  }
  return Object.fromEntries(names.map((name) => [name, median(samples[name])])) as Record<K, number>;
}

let sink = 0;
function rate(work: () => number, turns: number): number {
  const start = performance.now();
  for (let turn = 0; turn < turns; turn += 1) sink += work();
  return (turns * 1_000) / (performance.now() - start);
}

function calibrated(work: () => number): number {
  let turns = 16;
  const until = performance.now() + 200;
  let best = 0;
  while (performance.now() < until) {
    best = Math.max(best, rate(work, turns));
    turns = Math.max(16, Math.ceil((best * SAMPLE_MS) / 1_000));
  }
  return turns;
}

function report(metric: string, figures: Readonly<Record<string, number>>, ours: number): void {
  for (const [peer, theirs] of Object.entries(figures)) {
    const ratio = Number((ours / theirs).toFixed(RATIO_DIGITS));
    const goal = peer === 'limit' ? GOALS.limit : GOALS.peer;
    if (ratio < goal) console.error(`${metric}: ${ratio} of ${peer}, the goal is ${goal}`);
    if (ratio < goal * NOISE) process.exitCode = 1;
    console.log(
      JSON.stringify({
        bench: 'codecs',
        metric,
        unit: '1/s',
        ours: Math.round(ours),
        peer,
        theirs: Math.round(theirs),
        ratio,
      }),
    );
  }
}

function prove(what: string, holds: boolean): void {
  if (!holds) throw new Error(`${what} does not do the same work`);
}

const tlv = Buffer.from(NESTED, 'hex');
const countOf = (nodes: readonly TlvNode[]): number =>
  nodes.reduce((all, node) => all + 1 + countOf(node.children), 0);
const objects = walkTlv(tlv, 0, tlv.length);
prove('our TLV reader', countOf(parseTlv(tlv)) === objects);
prove('ber-tlv', BerTlv.TlvFactory.parse(tlv).length === 1);
prove('node-tlv', NodeTlv.parseList(tlv).length === 1);
{
  const { ours, ...peers } = perSecond({
    ours: () => parseTlv(tlv).length,
    'ber-tlv': () => BerTlv.TlvFactory.parse(tlv).length,
    'node-tlv': () => NodeTlv.parseList(tlv).length,
    limit: () => walkTlv(tlv, 0, tlv.length),
  });
  report('tlv-parse', peers, ours);
}

const codec = new Iso8583Codec(UNIONPAY_FIELDS);
const message = { mti: '0200', fields: SALE };
const packed = codec.pack(message);
const bare: (BareField | undefined)[] = [];
const formats: Record<string, unknown> = {};
for (const [field, spec] of Object.entries(UNIONPAY_FIELDS) as [string, FieldSpec][]) {
  bare[Number(field)] = {
    size: spec.size,
    prefix: spec.prefix,
    bytes: spec.kind === 'n' || spec.kind === 'z' ? 'digits' : spec.kind === 'b' ? 'hex' : 'text',
    right: spec.justify === 'right',
  };
  // The peer keeps binary values of variable length as text; its bytes are twice as many, its work is the same.
  const fixedBytes = spec.kind === 'b' && spec.prefix === 0;
  formats[field] = {
    ContentType: fixedBytes ? 'b' : spec.kind === 'b' ? 'ans' : spec.kind,
    Label: spec.name,
    LenType: ['fixed', 'llvar', 'lllvar'][spec.prefix],
    MaxLen: spec.kind === 'b' ? spec.size * 2 : spec.size,
  };
}
const theirMessage: Record<string, string> = { 0: '0200', ...SALE };
const theirPacked = new Iso8583(theirMessage, formats).getRawMessage();
if (!Buffer.isBuffer(theirPacked))
  throw new Error(`iso_8583 refuses the message: ${String(theirPacked.error)}`);
const theirRead = (): Record<string, string> =>
  new Iso8583(undefined, formats).getIsoJSON(theirPacked, { lenHeader: false });
const out = Buffer.alloc(4_096);

prove('our unpacking', JSON.stringify({ ...codec.unpack(packed).fields }) === JSON.stringify(SALE));
prove(
  'iso_8583',
  Object.keys(SALE).every(
    (field) => theirRead()[field]?.toUpperCase() === SALE[Number(field)]?.toUpperCase(),
  ),
);
prove('the bare packer', out.subarray(0, barePack(SALE, bare, out)).equals(packed));
prove('the bare unpacker', bareUnpack(packed, bare)[4] === SALE[4]);
{
  const { ours, ...peers } = perSecond({
    ours: () => codec.pack(message).length,
    iso_8583: () => (new Iso8583(theirMessage, formats).getRawMessage() as Buffer).length,
    limit: () => barePack(SALE, bare, out),
  });
  report('iso8583-pack', peers, ours);
}
{
  const { ours, ...peers } = perSecond({
    ours: () => codec.unpack(packed).fields[4]?.length ?? 0,
    iso_8583: () => theirRead()[4]?.length ?? 0,
    limit: () => bareUnpack(packed, bare)[4]?.length ?? 0,
  });
  report('iso8583-unpack', peers, ours);
}
console.error(`node ${process.version}, ${ROUNDS} rounds of medians (${sink % 10})`);
