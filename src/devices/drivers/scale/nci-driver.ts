import { NCI_COMMANDS, NciDecoder, type NciEvent } from '../../codecs/scale/nci.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScaleSession } from '../../kept/kept-scale.ts';
import type { Link } from '../../transports/transport.ts';
import { type AskedScale, AskedScaleSession } from './asked-session.ts';
import type { ScaleSettings } from './continuous-driver.ts';

/** Scales that speak NCI: Brecknell 67xx and relatives. */
export const nciScaleDriver: Driver<ScaleSession, ScaleSettings, Link> = {
  id: 'scale-nci',
  connect: (link, { timers }) => {
    if (link.framing === 'report') throw new DeviceError('unsupported', 'a serial scale speaks in bytes');
    return new AskedScaleSession(link, SCALE, timers);
  },
};

const SCALE: AskedScale<NciEvent> = {
  decoder: () => new NciDecoder(),
  weigh: async (ask) => {
    const said = await ask(NCI_COMMANDS.weight, ({ kind }) => kind !== 'status');
    return said?.kind === 'weight' ? said.weight : undefined;
  },
  // Either key ends with nothing on the display; a scale that did not obey says that there still is.
  press: async (key, ask) => {
    const said = await ask(NCI_COMMANDS[key], ({ kind }) => kind !== 'weight');
    return said?.kind === 'status' && said.atZero;
  },
};
