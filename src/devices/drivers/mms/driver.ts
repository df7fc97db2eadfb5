import type { ReaderSettings } from '../../dialogue/reader-settings.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ReaderSession } from '../../kept/kept-reader.ts';
import type { Link } from '../../transports/transport.ts';
import { MmsSession } from './session.ts';

/** MagTek MMS readers over HID. Make one and keep it: it remembers the reader of a lost link. */
export function mmsDriver(): Driver<ReaderSession, ReaderSettings, Link> {
  const memory = { serial: new Uint8Array() };
  return {
    id: 'mms',
    connect: (link, settings) => {
      if (link.framing !== 'report') throw new DeviceError('unsupported', 'MMS readers are driven over HID');
      return new MmsSession(link, settings, memory);
    },
  };
}
