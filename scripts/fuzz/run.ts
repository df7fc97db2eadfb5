import { isDeepStrictEqual } from 'node:util';
import { WireFailure } from '../wire/failure.ts';
import type { WireCodec } from '../wire/wire-codec.ts';
import { caseOf } from './cases.ts';
import { Random } from './random.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Longest that one input may hold the page, ms. */
const SLOW_MS = 50;
/**
 * What takes longer is measured again, and its best time counts. Above it only the processor's time does, because the machine may be
 * busy with something else; below it the clock, because the processor's time is counted in ticks of about as much.
 */
const AGAIN_MS = 5;
const MEASURED_AGAIN = 3;
/** Failures told of one codec. */
const TOLD_MAX = 5;

export interface FuzzReport {
  readonly codec: string;
  readonly cases: number;
  /** Inputs that were read, at least in part. */
  readonly read: number;
  /** Messages that were written and read again the same. */
  readonly roundTrips: number;
  readonly slowestMs: number;
  /** Exceptions without a code, slow cases and messages that did not come back the same, as hex with a reason. */
  readonly failures: readonly { readonly what: string; readonly hex: string }[];
}

/** Feeds a codec with so many inputs made from its seeds. */
export function fuzz(
  id: string,
  codec: WireCodec,
  options: { readonly seeds: readonly Bytes[]; readonly cases: number; readonly seed: number },
): FuzzReport {
  const random = new Random(options.seed);
  const failures: { what: string; hex: string }[] = [];
  let read = 0;
  let roundTrips = 0;
  let slowestMs = 0;
  for (let each = 0; each < options.cases && failures.length < TOLD_MAX; each += 1) {
    const bytes =
      each < options.seeds.length ? (options.seeds[each] ?? bytesNone) : caseOf(options.seeds, random);
    const fail = (what: string): void =>
      void failures.push({ what, hex: Buffer.from(bytes).toString('hex') });
    try {
      const { messages, ms } = decoded(codec, bytes);
      slowestMs = Math.max(slowestMs, ms);
      if (ms > SLOW_MS) fail(`took ${ms.toFixed(0)} ms`);
      if (messages === undefined) continue;
      read += 1;
      for (const message of codec.list ? [messages] : messages.map((each) => [each])) {
        const verdict = comesBack(codec, message);
        if (verdict === 'same') roundTrips += 1;
        if (verdict === 'other') fail(`did not come back the same: ${JSON.stringify(message)}`);
      }
    } catch (error) {
      fail(`threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    }
  }
  return { codec: id, cases: options.cases, read, roundTrips, slowestMs, failures };
}

const bytesNone = new Uint8Array();

/** Undefined messages: refused as a whole, with a code. */
function decoded(
  codec: WireCodec,
  bytes: Bytes,
): { readonly messages?: readonly unknown[]; readonly ms: number } {
  let best = Number.POSITIVE_INFINITY;
  let messages: readonly unknown[] | undefined;
  for (let again = 0; again <= MEASURED_AGAIN && best > AGAIN_MS; again += 1) {
    const [started, usage] = [performance.now(), process.threadCpuUsage()];
    try {
      messages = codec.decode(bytes);
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
    }
    const { user, system } = process.threadCpuUsage(usage);
    const processorMs = (user + system) / 1_000;
    best = Math.min(best, performance.now() - started, Math.max(processorMs, AGAIN_MS));
  }
  return { ms: best, ...(messages === undefined ? {} : { messages }) };
}

/** Masked values, parts that could not be read and codecs without an encoder cannot come back. */
function comesBack(codec: WireCodec, messages: readonly unknown[]): 'same' | 'other' | 'not' {
  if (codec.encode === undefined) return 'not';
  let bytes: Bytes;
  try {
    bytes = Uint8Array.from(codec.encode(codec.list ? messages : messages[0]));
  } catch (error) {
    if (error instanceof WireFailure) return 'not';
    throw error;
  }
  return isDeepStrictEqual(withoutLengths(codec.decode(bytes)), withoutLengths(messages)) ? 'same' : 'other';
}

/** How many bytes something took is not part of what it says: padding and long forms of a length do not come back. */
const withoutLengths = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'length' ? undefined : each)));
