import { DeviceError } from '../../errors.ts';
import type { CodeDetector, CodeFormat, SeenCode } from './code-detector.ts';

/** The browser's own detector, as far as it is used. TypeScript's DOM library does not know it. */
export interface NativeDetectorClass {
  new (options: {
    formats: string[];
  }): {
    detect(
      image: ImageBitmapSource,
    ): Promise<readonly { readonly rawValue: string; readonly format: string }[]>;
  };
  getSupportedFormats(): Promise<readonly string[]>;
}

const NAMES: Readonly<Record<string, CodeFormat>> = {
  qr_code: 'qr',
  ean_13: 'ean-13',
  ean_8: 'ean-8',
  upc_a: 'upc-a',
  upc_e: 'upc-e',
  code_128: 'code-128',
  data_matrix: 'data-matrix',
};

/** Without these two it is no use at a till: some systems have the class and an empty list of formats. */
const NEEDED = ['qr_code', 'ean_13'] as const;

/** The browser's detector, or undefined where there is none that reads what a till needs. Never rejects. */
export async function nativeDetector(
  Detector: NativeDetectorClass | undefined,
): Promise<CodeDetector | undefined> {
  if (Detector === undefined) return undefined;
  const supported: readonly string[] = await Detector.getSupportedFormats().catch(() => []);
  if (!NEEDED.every((each) => supported.includes(each))) return undefined;
  const detector = new Detector({ formats: Object.keys(NAMES).filter((each) => supported.includes(each)) });
  return {
    detect: async (frame) => {
      const seen = await detector.detect(frame).catch((cause: unknown) => {
        throw new DeviceError('unsupported', 'the browser cannot look for codes', { cause });
      });
      return seen.flatMap(({ rawValue, format }): SeenCode[] => {
        const name = NAMES[format];
        return name === undefined || rawValue === '' ? [] : [{ text: rawValue, format: name }];
      });
    },
    close: () => undefined,
  };
}
