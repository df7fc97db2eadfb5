import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import { PRINTER_CHARSETS, type PrinterCharset } from '../../src/devices/simulators/escpos/parser.ts';
import { CODECS } from './codecs.ts';
import { dukpt } from './dukpt.ts';
import { WireFailure } from './failure.ts';
import { render } from './render.ts';
import type { WireCodec } from './wire-codec.ts';

const ENCODERS = Object.keys(CODECS).filter((id) => CODECS[id]?.encode !== undefined);

export const USAGE = `wire render FILE [--out x.png] [--columns 32|42|48] [--charset gb18030|gbk|utf8]
wire decode ${Object.keys(CODECS).join('|')} HEX|FILE (emv-qr: TEXT|FILE)
wire encode ${ENCODERS.join('|')} JSON|FILE
wire dukpt tdes|aes BDK KSN`;

/** Does what the arguments say and returns the JSON value for the last line. Throws WireFailure. */
export function wire(args: readonly string[]): unknown {
  const { values, positionals } = parsed(args);
  const [command, first, second, third] = positionals;
  if (command === 'dukpt' && second !== undefined && third !== undefined) {
    if (first !== 'tdes' && first !== 'aes') throw new WireFailure('usage', USAGE);
    return dukpt(first, bytesOfHex(second), bytesOfHex(third));
  }
  if (command === 'render' && first !== undefined) {
    const { out, columns, charset } = values;
    if (!['32', '42', '48'].includes(columns))
      throw new WireFailure('usage', `no paper of ${columns} columns`);
    if (!isCharset(charset)) throw new WireFailure('usage', `no charset ${charset}`);
    return render(bytesOfFile(first), { ...(out ? { out } : {}), columns: Number(columns), charset });
  }
  if (command === 'decode' && first !== undefined && second !== undefined) {
    const codec = codecOf(first);
    return { codec: first, messages: codec.decode(codec.text ? textBytes(second) : bytesGiven(second)) };
  }
  if (command === 'encode' && first !== undefined && second !== undefined) {
    const { encode } = codecOf(first);
    if (encode === undefined) throw new WireFailure('unknown-codec', `${first} is only decoded`);
    return { hex: hexOf(encode(jsonOf(isFile(second) ? readFileSync(second, 'utf8') : second))) };
  }
  throw new WireFailure('usage', USAGE);
}

const isCharset = (name: string): name is PrinterCharset => PRINTER_CHARSETS.some((each) => each === name);

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        columns: { type: 'string', default: '48' },
        charset: { type: 'string', default: 'gb18030' },
      },
    });
  } catch (cause) {
    throw new WireFailure('usage', cause instanceof Error ? cause.message : USAGE);
  }
}

function codecOf(id: string): WireCodec {
  const codec = CODECS[id];
  if (codec === undefined || !Object.hasOwn(CODECS, id)) {
    throw new WireFailure('unknown-codec', `${id} is none of ${Object.keys(CODECS).join(', ')}`);
  }
  return codec;
}

/** Long texts are no paths; asking for one would fail. */
const isFile = (input: string): boolean => input.length < 1_024 && existsSync(input);

const bytesGiven = (input: string): Uint8Array<ArrayBuffer> =>
  isFile(input) ? bytesOfFile(input) : bytesOfHex(input);

/** The text itself, or what a file holds without its last line break. */
const textBytes = (input: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(isFile(input) ? readFileSync(input, 'utf8').replace(/\r?\n$/, '') : input);

/** A capture is raw bytes, or hex text when there is nothing else in it. */
function bytesOfFile(path: string): Uint8Array<ArrayBuffer> {
  if (!existsSync(path)) throw new WireFailure('no-such-file', path);
  const bytes = Uint8Array.from(readFileSync(path));
  const text = Buffer.from(bytes).toString('latin1');
  return /^[0-9a-fA-F\s]+$/.test(text) && text.replace(/\s/g, '').length % 2 === 0 ? bytesOfHex(text) : bytes;
}

function bytesOfHex(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/\s/g, '');
  if (!/^([0-9a-fA-F]{2})+$/.test(digits))
    throw new WireFailure('bad-hex', 'neither a file nor hex digits in pairs');
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WireFailure('bad-json', cause instanceof Error ? cause.message : 'not JSON');
  }
}
