import { DeviceError } from '../../errors.ts';
import { ByteWriter, byte } from '../byte-writer.ts';
import type { Gb18030 } from '../gb18030/gb18030.ts';
import { type Cd5220Command, type Lamp, POLE_COLUMNS, SCROLL_COLUMNS_MAX } from './command.ts';

const CLR = 0x0c;
const CR = 0x0d;
const CAN = 0x18;
const ESC = 0x1b;

const LAMPS: Readonly<Record<Lamp, number>> = {
  off: 0x30,
  price: 0x31,
  total: 0x32,
  received: 0x33,
  change: 0x34,
};
const CONTROL = /\p{Cc}/u;

/** Turns commands into bytes. Hanzi go out as two-byte codes. Throws DeviceError `unsupported` for what cannot be said. */
export function encodeCd5220(commands: readonly Cd5220Command[], gb18030: Gb18030): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter('gb18030', gb18030);
  for (const command of commands) put(command, writer);
  return writer.bytes.slice(0, writer.end);
}

function put(command: Cd5220Command, writer: ByteWriter): void {
  switch (command.op) {
    case 'initialise':
      return writer.put(ESC, 0x40);
    case 'clear':
      return writer.put(CLR);
    case 'clear-line':
      return writer.put(CAN);
    case 'line':
      writer.put(ESC, 0x51, command.row === 'upper' ? 0x41 : 0x42);
      putText(writer, command.text, POLE_COLUMNS);
      return writer.put(CR);
    case 'scroll':
      writer.put(ESC, 0x51, 0x44);
      putText(writer, command.text, SCROLL_COLUMNS_MAX);
      return writer.put(CR);
    case 'cursor':
      return writer.put(ESC, 0x6c, byte(command.column, 1, POLE_COLUMNS), byte(command.row, 1, 2));
    case 'text':
      return putText(writer, command.text, 2 * POLE_COLUMNS);
    case 'cursor-shown':
      return writer.put(ESC, 0x5f, command.on ? 1 : 0);
    case 'lamp':
      return writer.put(ESC, 0x73, LAMPS[command.lamp]);
    default:
      return command satisfies never;
  }
}

/** A hanzi takes two bytes and two columns, so bytes are columns. A control character would be a command. */
function putText(writer: ByteWriter, text: string, columnsMax: number): void {
  if (CONTROL.test(text)) throw new DeviceError('unsupported', 'a control character in a text');
  const from = writer.end;
  writer.text(text);
  if (writer.end - from > columnsMax) throw new DeviceError('unsupported', `more than ${columnsMax} columns`);
}
