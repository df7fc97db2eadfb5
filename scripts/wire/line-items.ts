import * as z from 'zod/mini';
import {
  CONTROL_BYTES,
  type LineControl,
  type LineDecoder,
  type LineItem,
} from '../../src/devices/codecs/stx-link/line-item.ts';
import { WireFailure } from './failure.ts';

/** What acknowledged serial lines have in common on the command line: controls, noise and broken frames. */

export const ControlSchema = z.strictObject({
  control: z.enum(Object.keys(CONTROL_BYTES) as [LineControl, ...LineControl[]]),
});

export const controlBytes = (control: LineControl): Uint8Array => Uint8Array.of(CONTROL_BYTES[control]);

/** Every item as JSON; `frame` shows the good ones. Throws WireFailure `no-frame` when there is nothing but noise. */
export function shownLine(
  decoder: LineDecoder,
  bytes: Uint8Array,
  frame: (body: Uint8Array<ArrayBuffer>, at: number) => unknown,
): readonly unknown[] {
  const items = [...decoder.push(bytes), ...decoder.giveUp()];
  if (items.every(({ kind }) => kind === 'noise'))
    throw new WireFailure('no-frame', 'no frame in these bytes');
  return items.map((item) => (item.kind === 'frame' ? frame(item.body, item.at) : shown(item)));
}

function shown(item: Exclude<LineItem, { kind: 'frame' }>): unknown {
  switch (item.kind) {
    case 'control':
      return { control: item.control };
    case 'noise':
      return { error: 'noise', at: item.at, length: item.length };
    default:
      return { error: item.code, at: item.at };
  }
}
