import { COMMANDS, DONE, readFeature, writeFeature } from '../../codecs/msr-magnesafe/command.ts';
import { readMagneSafe } from '../../codecs/msr-magnesafe/reading.ts';
import { CLEAR_REPORT_BYTES } from '../../codecs/msr-magnesafe/report.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ReaderSession } from '../../kept/kept-reader.ts';
import type { DeviceHealth } from '../../ports.ts';
import { type SwipeReader, SwipeSession, type SwipeSettings } from '../../swipe/swipe-session.ts';
import type { Link, ReportLink } from '../../transports/transport.ts';

/** Swipe readers number no report; the chip readers of the family number theirs 1, and theirs are longer. */
const FEATURES = [
  { id: 0, bytes: 24 },
  { id: 1, bytes: 60 },
] as const;
/** Below this nothing is encrypted. */
const ENCRYPTING_LEVEL = 3;

/** MagTek encrypting swipe readers, MagneSafe V5. */
export const magneSafeDriver: Driver<ReaderSession, SwipeSettings, Link> = {
  id: 'msr-magnesafe',
  connect: (link, settings) => {
    if (link.framing !== 'report')
      throw new DeviceError('unsupported', 'a MagneSafe reader speaks in reports');
    return new SwipeSession(link, MAGNESAFE, settings);
  },
};

const MAGNESAFE: SwipeReader = {
  maker: 'MagTek',
  read: ({ data }) => {
    const reading = readMagneSafe(data);
    // The chip readers of the family send notifications too, and they are short.
    return reading.kind === 'unreadable' && data.length < CLEAR_REPORT_BYTES ? undefined : reading;
  },
  ask: async (link) => {
    for (const feature of FEATURES) {
      const level = await answerTo(link, feature, COMMANDS.securityLevel);
      if (level?.[0] === undefined) continue;
      const firmware = await answerTo(link, feature, COMMANDS.softwareId);
      const serial = await answerTo(link, feature, COMMANDS.serialNumber);
      return {
        ...(firmware === undefined ? {} : { firmware: textOf(firmware) }),
        ...(serial === undefined || serial.length === 0 ? {} : { serial: textOf(serial) }),
        ...(level[0] < ENCRYPTING_LEVEL ? { refused: 'not-encrypted' } : {}),
      } satisfies DeviceHealth;
    }
    return {};
  },
};

/** Undefined when the reader has no such report or does not know the question. */
async function answerTo(
  link: ReportLink,
  { id, bytes }: { readonly id: number; readonly bytes: number },
  [code, , ...data]: readonly [number, number, ...number[]],
): Promise<Uint8Array | undefined> {
  try {
    await link.sendFeature({ id, data: writeFeature({ code, data: Uint8Array.from(data) }, bytes) });
    const answer = readFeature(await link.readFeature(id));
    return answer?.code === DONE ? answer.data : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes).replace(/\0.*$/s, '');
