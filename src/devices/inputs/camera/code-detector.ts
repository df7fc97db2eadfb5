import type { Scan } from '../../ports.ts';

/** Symbologies that a till meets: pay codes and receipts are QR, goods EAN and UPC, gift cards and tickets Code 128 or Data Matrix. */
export const CODE_FORMATS = ['qr', 'ean-13', 'ean-8', 'upc-a', 'upc-e', 'code-128', 'data-matrix'] as const;
export type CodeFormat = (typeof CODE_FORMATS)[number];

export interface SeenCode {
  /** As printed: no check digit taken off, nothing put in front. */
  readonly text: string;
  readonly format: CodeFormat;
}

/** A picture to look for codes in: the camera's, or a still one. */
export type Frame = HTMLVideoElement | HTMLCanvasElement | ImageData;

/** Looks for codes in pictures. The pictures stay on this device. */
export interface CodeDetector {
  /** Every code in sight. Rejects with DeviceError `unsupported` (it cannot work here) or `timeout` (it stopped answering). */
  detect(frame: Frame): Promise<readonly SeenCode[]>;
  close(): void;
}

/** AIM symbology identifiers (ISO/IEC 15424) without the `]`: UPC-A and UPC-E count as EAN-13 there. */
const AIM: Readonly<Record<CodeFormat, string>> = {
  qr: 'Q1',
  'ean-13': 'E0',
  'ean-8': 'E4',
  'upc-a': 'E0',
  'upc-e': 'E0',
  'code-128': 'C0',
  'data-matrix': 'd1',
};

/** A code seen by the camera as every other scanner tells it. */
export const cameraScan = (text: string, format: CodeFormat): Scan => ({
  text,
  symbology: AIM[format],
  source: 'camera',
});
