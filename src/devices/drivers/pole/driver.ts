import { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { PoleSession } from '../../kept/kept-display.ts';
import type { Link } from '../../transports/transport.ts';
import type { PoleProfile } from './profile.ts';
import { type PoleSettings, SerialPoleSession } from './session.ts';

/** A pole display of one profile. */
export function poleDriver(profile: PoleProfile): Driver<PoleSession, PoleSettings, Link> {
  const gb18030 = new Gb18030();
  return {
    id: profile.id,
    connect: (link, settings) => {
      if (link.framing === 'report') throw new DeviceError('unsupported', 'a pole takes bytes, not reports');
      return new SerialPoleSession(link, { profile, settings, gb18030 });
    },
  };
}
