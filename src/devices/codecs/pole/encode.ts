import { DeviceError } from '../../errors.ts';
import { ByteWriter, byte } from '../byte-writer.ts';
import type { Gb18030 } from '../gb18030/gb18030.ts';
import type { PoleCommand } from './command.ts';

const HOM = 0x0b;
const CLR = 0x0c;
const CAN = 0x18;
const ESC = 0x1b;
const FS = 0x1c;
const US = 0x1f;

const COLUMNS = 20;
const BRIGHTNESS = { 20: 1, 40: 2, 60: 3, 100: 4 } as const;
const CONTROL = /\p{Cc}/u;

/** Turns commands into bytes. Hanzi go out as two-byte codes. Throws DeviceError `unsupported` for what cannot be said. */
export function encodePole(commands: readonly PoleCommand[], gb18030: Gb18030): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter('gb18030', gb18030);
  for (const command of commands) put(command, writer);
  return writer.bytes.slice(0, writer.end);
}

function put(command: PoleCommand, writer: ByteWriter): void {
  switch (command.op) {
    case 'initialise':
      return writer.put(ESC, 0x40);
    case 'clear':
      return writer.put(CLR);
    case 'home':
      return writer.put(HOM);
    case 'bottom':
      return writer.put(US, 0x42);
    case 'cursor':
      return writer.put(US, 0x24, byte(command.column, 1, COLUMNS), byte(command.row, 1, 2));
    case 'clear-line':
      return writer.put(CAN);
    case 'cursor-shown':
      return writer.put(US, 0x43, command.on ? 1 : 0);
    case 'brightness':
      return writer.put(US, 0x58, BRIGHTNESS[command.percent]);
    case 'kanji':
      return writer.put(FS, command.on ? 0x26 : 0x2e);
    case 'text':
      if (CONTROL.test(command.text)) throw new DeviceError('unsupported', 'a control character in a text');
      return writer.text(command.text);
    default:
      return command satisfies never;
  }
}
