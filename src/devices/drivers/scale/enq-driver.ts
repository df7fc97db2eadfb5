import { DC1, ENQ, EnqDecoder, type EnqEvent } from '../../codecs/scale/enq.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScaleSession } from '../../kept/kept-scale.ts';
import type { Link } from '../../transports/transport.ts';
import { type AskedScale, AskedScaleSession } from './asked-session.ts';
import type { ScaleSettings } from './continuous-driver.ts';

/** Scales that answer ENQ and DC1: CAS AP-1 and AD, Ohaus Aviator, and many that copy them. */
export const enqScaleDriver: Driver<ScaleSession, ScaleSettings, Link> = {
  id: 'scale-enq',
  connect: (link, { timers }) => {
    if (link.framing === 'report') throw new DeviceError('unsupported', 'a serial scale speaks in bytes');
    return new AskedScaleSession(link, SCALE, timers);
  },
};

const SCALE: AskedScale<EnqEvent> = {
  decoder: () => new EnqDecoder(),
  weigh: async (ask) => {
    const isAnswer = ({ kind }: EnqEvent): boolean => kind === 'ready' || kind === 'not-ready';
    const ready = await ask(ENQ, isAnswer);
    if (ready?.kind === 'not-ready') return { state: 'moving' };
    if (ready?.kind !== 'ready') return undefined;
    const said = await ask(DC1, ({ kind }) => kind === 'weight' || kind === 'bad');
    return said?.kind === 'weight' ? said.weight : undefined;
  },
};
