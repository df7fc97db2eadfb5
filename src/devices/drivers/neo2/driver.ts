import type { ReaderSettings } from '../../dialogue/reader-settings.ts';
import type { Driver } from '../../driver.ts';
import type { ReaderSession } from '../../kept/kept-reader.ts';
import type { Link } from '../../transports/transport.ts';
import { Neo2Session } from './session.ts';

/** ID TECH NEO2 readers, over HID or a serial line. */
export const neo2Driver: Driver<ReaderSession, ReaderSettings, Link> = {
  id: 'neo2',
  connect: (link, settings) => new Neo2Session(link, settings),
};
