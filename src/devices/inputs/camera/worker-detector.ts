import { DeviceError } from '../../errors.ts';
import type { Timers } from '../../timers.ts';
import type { CodeDetector, Frame, SeenCode } from './code-detector.ts';
import type { ReadAnswer, ReadOrder } from './reader-messages.ts';

/** The part of a Worker in use. */
export type ReaderWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

/** One picture takes 10 to 200 ms; the first one waits for a megabyte of WebAssembly as well. */
export const READ_DEADLINE_MS = 15_000;
/** Wider pictures are made this narrow: enough for an EAN at arm's length, and a quarter of the work of 1080p. */
const WIDTH_MAX = 1_280;

interface Waiting {
  resolve(codes: readonly SeenCode[]): void;
  reject(cause: DeviceError): void;
}

/** The reader that comes with the app, in a worker of its own. `spawn` is called at the first picture. */
export class WorkerDetector implements CodeDetector {
  readonly #spawn: () => ReaderWorker;
  readonly #timers: Timers;
  readonly #canvas: HTMLCanvasElement | undefined;
  #worker: ReaderWorker | undefined;
  #port: MessagePort | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** `canvas` takes the camera's pictures apart; without one only pixels can be read. */
  constructor(spawn: () => ReaderWorker, timers: Timers, canvas?: HTMLCanvasElement) {
    this.#spawn = spawn;
    this.#timers = timers;
    this.#canvas = canvas;
  }

  async detect(frame: Frame): Promise<readonly SeenCode[]> {
    const image = this.#pixelsOf(frame);
    if (image === undefined) return [];
    const { width, height } = image;
    const pixels = Uint8Array.from(image.data).buffer;
    const port = this.#open();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const stop = this.#timers.after(READ_DEADLINE_MS, () =>
        this.#fail(new DeviceError('timeout', 'the code reader does not answer')),
      );
      const done = () => {
        stop();
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (codes) => {
          done();
          resolve(codes);
        },
        reject: (cause) => {
          done();
          reject(cause);
        },
      });
      port.postMessage({ id, width, height, pixels } satisfies ReadOrder, [pixels]);
    });
  }

  close(): void {
    this.#fail(new DeviceError('lost', 'the code reader was closed'));
  }

  #open(): MessagePort {
    if (this.#port !== undefined) return this.#port;
    const { port1, port2 } = new MessageChannel();
    const worker = this.#spawn();
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#fail(new DeviceError('unsupported', `the code reader cannot start: ${event.message}`));
    });
    port1.onmessage = ({ data }: MessageEvent<ReadAnswer>) => this.#heard(data);
    worker.postMessage(null, [port2]);
    this.#worker = worker;
    this.#port = port1;
    return port1;
  }

  #heard(answer: ReadAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if ('codes' in answer) waiting?.resolve(answer.codes);
    else waiting?.reject(new DeviceError('unsupported', `the code reader failed: ${answer.failed}`));
  }

  /** Ends the worker and everything that waits for it. The next picture starts a new one. */
  #fail(cause: DeviceError): void {
    this.#worker?.terminate();
    this.#port?.close();
    this.#worker = undefined;
    this.#port = undefined;
    for (const waiting of [...this.#waiting.values()]) waiting.reject(cause);
  }

  #pixelsOf(frame: Frame): ImageData | undefined {
    if (frame instanceof ImageData) return frame;
    const [fullWidth, fullHeight] =
      frame instanceof HTMLVideoElement ? [frame.videoWidth, frame.videoHeight] : [frame.width, frame.height];
    const canvas = this.#canvas;
    // A camera that has just started has no picture yet.
    if (canvas === undefined || fullWidth === 0 || fullHeight === 0) return undefined;
    const scale = Math.min(1, WIDTH_MAX / fullWidth);
    canvas.width = Math.round(fullWidth * scale);
    canvas.height = Math.round(fullHeight * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new DeviceError('unsupported', 'no canvas to read the picture with');
    context.drawImage(frame, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }
}
