import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { TagSession } from '../../kept/kept-tag-reader.ts';
import type { Timers } from '../../timers.ts';
import type { Link } from '../../transports/transport.ts';
import { Pn532Session } from './session.ts';

export interface TagReaderSettings {
  readonly timers: Timers;
}

/** PN532 boards on a serial line, for member and gift tags at a desktop till. No payment reader. */
export const pn532Driver: Driver<TagSession, TagReaderSettings, Link> = {
  id: 'pn532',
  connect: (link, { timers }) => {
    if (link.framing === 'report') throw new DeviceError('unsupported', 'a PN532 board speaks in bytes');
    return new Pn532Session(link, timers);
  },
};
