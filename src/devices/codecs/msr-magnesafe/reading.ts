import { holdsClearTrack, maskedTrack, serviceCodeOf, shownNumber } from '../msr/masked-track.ts';
import { isNoKsn, type SwipeReading } from '../msr/swipe.ts';
import { CLEAR_REPORT_BYTES, type MagneSafeReport, readReport } from './report.ts';

const STATUS = { exhausted: 1 << 0, injected: 1 << 1, encrypting: 1 << 2, counterExpired: 1 << 8 } as const;
const BANK_CARD = 0;
const TRACK_2 = 1;
const BLOCK = 8;

/**
 * What a swipe report may be used for. Only a track that the reader says it encrypted, that has whole blocks and a key serial
 * number, and beside which nothing is readable, leaves here.
 */
export function readMagneSafe(data: Uint8Array): SwipeReading {
  if (data.length === CLEAR_REPORT_BYTES || holdsClearTrack(data)) {
    return { kind: 'refused', reason: 'not-encrypted' };
  }
  const report = readReport(data);
  if (report === undefined) return { kind: 'unreadable' };
  const refused = refusal(report);
  if (refused !== undefined) return { kind: 'refused', reason: refused };
  const track = report.encrypted[TRACK_2];
  if (report.encodeType !== BANK_CARD || isBad(report.decode[TRACK_2]) || track.length === 0) {
    return { kind: 'unreadable' };
  }
  const masked = maskedTrack(report.masked[TRACK_2]);
  const serviceCode = masked && serviceCodeOf(masked);
  const number = masked && shownNumber(masked.number);
  return {
    kind: 'swipe',
    swipe: {
      ksn: report.ksn,
      track,
      layout: 'track2',
      serial: report.serial,
      ...(number ? { masked: number } : {}),
      ...(serviceCode ? { serviceCode } : {}),
    },
  };
}

const isBad = (decode: number): boolean => (decode & 1) !== 0;

function refusal(report: MagneSafeReport): 'not-encrypted' | 'no-key' | undefined {
  if ((report.status & (STATUS.exhausted | STATUS.counterExpired)) !== 0) return 'no-key';
  if ((report.status & STATUS.injected) === 0) return 'no-key';
  if ((report.status & STATUS.encrypting) === 0) return 'not-encrypted';
  if (isNoKsn(report.ksn)) return 'no-key';
  return report.encrypted.some((track) => track.length % BLOCK !== 0) ? 'not-encrypted' : undefined;
}
