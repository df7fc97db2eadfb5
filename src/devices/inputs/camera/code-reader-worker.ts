import { prepareZXingModule, type ReadInputBarcodeFormat, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { CodeFormat } from './code-detector.ts';
import type { ReadAnswer, ReadOrder } from './reader-messages.ts';

/**
 * Reads codes out of pictures, beside the page: the only script that may compile WebAssembly (docs/adr/0026). It is given a
 * port by its first message and hears nothing else.
 */
const NAMES: Readonly<Record<string, CodeFormat>> = {
  QRCode: 'qr',
  QRCodeModel2: 'qr',
  EAN13: 'ean-13',
  EAN8: 'ean-8',
  UPCA: 'upc-a',
  UPCE: 'upc-e',
  Code128: 'code-128',
  DataMatrix: 'data-matrix',
};
const FORMATS: ReadInputBarcodeFormat[] = [
  'QRCode',
  'EAN13',
  'EAN8',
  'UPCA',
  'UPCE',
  'Code128',
  'DataMatrix',
];
/** A shelf of labels in one picture is a mistake of aim. */
const SYMBOLS_MAX = 4;

// The library would ask a public server for the file otherwise; ours is beside this script.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

async function answer({ id, width, height, pixels }: ReadOrder): Promise<ReadAnswer> {
  try {
    const image = new ImageData(new Uint8ClampedArray(pixels), width, height);
    const found = await readBarcodes(image, {
      formats: FORMATS,
      tryHarder: true,
      textMode: 'Plain',
      maxNumberOfSymbols: SYMBOLS_MAX,
    });
    const codes = found.flatMap(({ isValid, text, format }) => {
      const name = NAMES[format];
      return isValid && text !== '' && name !== undefined ? [{ text, format: name }] : [];
    });
    return { id, codes };
  } catch (cause) {
    return { id, failed: cause instanceof Error ? cause.message : 'unknown' };
  }
}

addEventListener(
  'message',
  ({ ports: [port] }: MessageEvent) => {
    if (port === undefined) return;
    port.onmessage = ({ data }: MessageEvent<ReadOrder>) => {
      void answer(data).then((said) => port.postMessage(said));
    };
  },
  { once: true },
);
