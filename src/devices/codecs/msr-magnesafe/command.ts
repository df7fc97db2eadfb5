type Bytes = Uint8Array<ArrayBuffer>;

/** Questions that every MagneSafe V5 reader answers at any security level (99875475, "Commands and security levels"). */
export const COMMANDS = {
  softwareId: [0x00, 0x01, 0x00],
  serialNumber: [0x00, 0x01, 0x03],
  keySerialNumber: [0x09, 0x00],
  securityLevel: [0x15, 0x00],
} as const;

/** Result code of a command that was done. */
export const DONE = 0x00;

/** A command or an answer in a feature report: `code len data`. */
export interface FeatureMessage {
  /** Command number, or result code. */
  readonly code: number;
  readonly data: Bytes;
}

/** Undefined when the length byte says more than there is. */
export function readFeature(report: Uint8Array): FeatureMessage | undefined {
  const [code, length] = report;
  if (code === undefined || length === undefined || report.length < 2 + length) return undefined;
  return { code, data: Uint8Array.from(report.subarray(2, 2 + length)) };
}

/** `bytes`: length of the reader's feature report; the rest is zeros. */
export function writeFeature({ code, data }: FeatureMessage, bytes: number): Bytes {
  const report = new Uint8Array(Math.max(bytes, 2 + data.length));
  report.set([code, data.length]);
  report.set(data, 2);
  return report;
}
