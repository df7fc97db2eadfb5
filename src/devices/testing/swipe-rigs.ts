import { tdesDukpt } from '../../../server/src/acquirers/iso8583/keys/dukpt-tdes.ts';
import { tdesCbcDecrypt, tdesCbcEncrypt } from '../../../server/src/acquirers/iso8583/keys/tdes.ts';
import { KeptReader, type ReaderSession } from '../kept/kept-reader.ts';
import type { HidCore } from '../simulators/browser/cores.ts';
import type { StripeRead } from '../simulators/msr/stripe.ts';
import type { SwipeSettings } from '../swipe/swipe-session.ts';
import { keptHid, type RigDriver } from './kept-rigs.ts';
import type { ReaderRig } from './reader-conformance.ts';

/** The published test key of ANSI X9.24-1. */
const BASE_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');

/** A simulated swipe reader as flows get it, and the simulator. */
export interface SwipeRig<Core> extends ReaderRig {
  readonly core: Core;
  readonly reader: KeptReader<SwipeSettings>;
}

export async function swipeRig<Core extends HidCore & { swipe(): void }>(
  core: Core,
  driver: RigDriver<ReaderSession, SwipeSettings>,
): Promise<SwipeRig<Core>> {
  const { kept, ...rig } = await keptHid(core, driver);
  return { ...rig, core, reader: new KeptReader(kept), present: () => core.swipe() };
}

/** What opens under the published key. `variant`: which key of the transaction the maker takes for tracks. */
export const openedTrack = (variant: 'pin' | 'data', ksn: string, track: string): string =>
  tdesCbcDecrypt(tdesDukpt(BASE_KEY, Buffer.from(ksn, 'hex'))[variant], Buffer.from(track, 'hex')).toString(
    'latin1',
  );

/** A read with both tracks in one block, as the original structure of ID TECH has it. */
export function readInOneBlock(ksn: string, track1: string, track2: string): StripeRead {
  const clear = track1 + track2;
  const key = tdesDukpt(BASE_KEY, Buffer.from(ksn, 'hex')).data;
  const padded = Buffer.from(clear.padEnd(Math.ceil(clear.length / 8) * 8, '\0'), 'latin1');
  const stars = (digits: string): string => '*'.repeat(digits.length);
  const masked = (track: string): string =>
    track
      .replace(/(\d{4})(\d+)(\d{4})(?=[\^=])/, (_, first, middle, last) => first + stars(middle) + last)
      .replace(/(?<=[\^=])\d+/, stars);
  return {
    ksn,
    track1: { encrypted: '', masked: masked(track1), length: track1.length },
    track2: { encrypted: '', masked: masked(track2), length: track2.length },
    both: tdesCbcEncrypt(key, padded).toString('hex').toUpperCase(),
  };
}
