import { readSecureMag } from '../../codecs/msr-securemag/reading.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ReaderSession } from '../../kept/kept-reader.ts';
import { SwipeSession, type SwipeSettings } from '../../swipe/swipe-session.ts';
import type { Link } from '../../transports/transport.ts';

/** ID TECH encrypting swipe readers: SecureMag, SecureHead, SecuRED and relatives in HID mode. */
export const secureMagDriver: Driver<ReaderSession, SwipeSettings, Link> = {
  id: 'msr-securemag',
  connect: (link, settings) => {
    if (link.framing !== 'report')
      throw new DeviceError('unsupported', 'a SecureMag reader speaks in reports');
    return new SwipeSession(link, { maker: 'ID TECH', read: ({ data }) => readSecureMag(data) }, settings);
  },
};
