import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Bitmap, isDot } from '../../receipt/bitmap.ts';
import { drawQr } from '../../receipt/qr.ts';
import { systemTimers } from '../../timers.ts';
import { CameraScanner } from './camera-scanner.ts';
import type { CodeDetector } from './code-detector.ts';
import { nativeDetector } from './native-detector.ts';
import { WorkerDetector } from './worker-detector.ts';

const spawn = () => new Worker(new URL('./code-reader-worker.ts', import.meta.url), { type: 'module' });
const opened: CodeDetector[] = [];

function reader(canvas?: HTMLCanvasElement): WorkerDetector {
  const detector = new WorkerDetector(spawn, systemTimers, canvas);
  opened.push(detector);
  return detector;
}

afterEach(() => {
  for (const detector of opened.splice(0)) detector.close();
});

/** White with black where `isBlack` says. */
function picture(
  width: number,
  height: number,
  isBlack: (x: number, y: number) => boolean,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#000';
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) if (isBlack(x, y)) context.fillRect(x, y, 1, 1);
  }
  return canvas;
}

function qrPicture(text: string): HTMLCanvasElement {
  const bitmap: Bitmap = drawQr(text, 384);
  return picture(bitmap.widthBytes * 8, bitmap.height, (x, y) => isDot(bitmap, x, y));
}

// GS1 General Specifications, section 5.2.1: the number sets of EAN-13, written out.
const SET_A = '0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011'.split(' ');
const mirrored = (bars: string) => [...bars].reverse().join('');
const inverted = (bars: string) => bars.replace(/./g, (bar) => (bar === '0' ? '1' : '0'));
const SET_C = SET_A.map(inverted);
const SET_B = SET_C.map(mirrored);
const FIRST_DIGIT = 'AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA'.split(' ');

function eanPicture(digits: string, module = 3): HTMLCanvasElement {
  const [first, ...rest] = [...digits].map(Number);
  const left = rest.slice(0, 6).map((digit, at) => (FIRST_DIGIT[first!]![at] === 'A' ? SET_A : SET_B)[digit]);
  const right = rest.slice(6).map((digit) => SET_C[digit]);
  const bars = `101${left.join('')}01010${right.join('')}101`;
  const quiet = 12;
  return picture((bars.length + 2 * quiet) * module, 80 * module, (x, y) => {
    const bar = bars[Math.floor(x / module) - quiet];
    return bar === '1' && y > 6 && y < 74 * module;
  });
}

const pixels = (canvas: HTMLCanvasElement): ImageData =>
  canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);

describe('the reader that comes with the app', () => {
  test.each(['134567890123456789', 'https://example.com/r/a/b?c=￥12.50 小票'])(
    'reads the QR code %s',
    async (text) => {
      expect(await reader().detect(pixels(qrPicture(text)))).toEqual([{ text, format: 'qr' }]);
    },
  );

  test('reads an EAN-13 with its leading zeros and its check digit', async () => {
    expect(await reader().detect(pixels(eanPicture('6901234567892')))).toEqual([
      { text: '6901234567892', format: 'ean-13' },
    ]);
    const [seen] = await reader().detect(pixels(eanPicture('0012345678905')));
    expect(seen!.text.padStart(13, '0')).toBe('0012345678905');
  });

  test('sees nothing in a picture without a code, or with a wrong check digit', async () => {
    const detector = reader();
    expect(await detector.detect(pixels(picture(200, 100, () => false)))).toEqual([]);
    expect(await detector.detect(pixels(eanPicture('6901234567893')))).toEqual([]);
  });

  test('says so when it cannot start, and tries anew with the next picture', async () => {
    let isBroken = true;
    const broken = () => new Worker('data:text/javascript,throw new Error("no")', { type: 'module' });
    const detector = new WorkerDetector(() => (isBroken ? broken() : spawn()), systemTimers);
    opened.push(detector);
    await expect(detector.detect(pixels(eanPicture('6901234567892')))).rejects.toMatchObject({
      code: 'unsupported',
    });
    isBroken = false;
    expect(await detector.detect(pixels(eanPicture('6901234567892')))).toHaveLength(1);
  });
});

describe('the browser’s own reader', () => {
  const make = (formats: string[]) =>
    class {
      static getSupportedFormats = async () => formats;
      detect = async () => [
        { rawValue: '6901234567892', format: 'ean_13' },
        { rawValue: 'x', format: 'aztec' },
      ];
    };

  test('is used where it reads QR and EAN, and only then', async () => {
    expect(await nativeDetector(undefined)).toBeUndefined();
    expect(await nativeDetector(make([]))).toBeUndefined();
    expect(await nativeDetector(make(['qr_code']))).toBeUndefined();
    const detector = await nativeDetector(make(['qr_code', 'ean_13', 'aztec']));
    expect(await detector!.detect(document.createElement('canvas'))).toEqual([
      { text: '6901234567892', format: 'ean-13' },
    ]);
  });
});

describe('the camera as a scanner', () => {
  test('tells what is held before it, once, and lets the camera go', async () => {
    const card = eanPicture('6901234567892');
    const stage = picture(640, 480, () => false);
    const stream = stage.captureStream(15);
    const context = stage.getContext('2d')!;
    const paint = setInterval(() => context.drawImage(card, 100, 100), 60);
    const video = document.createElement('video');
    const told: string[] = [];
    const detector = reader(document.createElement('canvas'));
    const looks = vi.spyOn(detector, 'detect');
    const scanner = new CameraScanner({
      video,
      detector,
      timers: systemTimers,
      now: () => performance.now(),
      onCode: (text, format) => told.push(`${format} ${text}`),
      onEnd: (code) => told.push(code),
    });
    try {
      await scanner.start(stream);
      await vi.waitFor(() => expect(told).toEqual(['ean-13 6901234567892']), { timeout: 20_000 });
      const looked = looks.mock.calls.length;
      await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThan(looked + 3), {
        timeout: 20_000,
      });
    } finally {
      clearInterval(paint);
      scanner.stop();
    }
    expect(told).toEqual(['ean-13 6901234567892']);
    expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
    expect(video.srcObject).toBeNull();
  });
});
