import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import type { Timers } from '../../timers.ts';
import type { CodeDetector, CodeFormat } from './code-detector.ts';

export interface CameraScannerOptions {
  /** Shows the picture to the person, who aims with it. */
  readonly video: HTMLVideoElement;
  readonly detector: CodeDetector;
  readonly timers: Timers;
  /** Monotonic, ms. */
  readonly now: () => number;
  readonly onCode: (text: string, format: CodeFormat) => void;
  /** The camera or the reader gave up; everything is released already. Not called after `stop`. */
  readonly onEnd: (code: DeviceErrorCode) => void;
}

/** Rest between two looks, ms: about six a second leaves a cheap tablet time for the rest of the page. */
const LOOK_EVERY_MS = 120;
/** A code is told again when it was out of sight for so long, ms: two of the same article are held up twice. */
export const AGAIN_AFTER_MS = 1_500;
/** Looks that may fail in a row before the reader counts as broken. */
const FAILURES_MAX = 5;
/** Codes remembered as told; a picture shows a few. */
const TOLD_MAX = 32;

/** Looks at the camera's picture until it is stopped, and tells each code once while it stays in sight. */
export class CameraScanner {
  readonly #options: CameraScannerOptions;
  readonly #lastSeen = new Map<string, number>();
  #stream: MediaStream | undefined;
  #stopWaiting: () => void = () => undefined;
  #failures = 0;

  constructor(options: CameraScannerOptions) {
    this.#options = options;
  }

  /** Begins with a stream of `openCamera`; the scanner owns it from now on. Rejects with DeviceError `unsupported`. */
  async start(stream: MediaStream): Promise<void> {
    this.stop();
    this.#stream = stream;
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', () => this.#end(stream, 'lost'));
    }
    const { video } = this.#options;
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    try {
      await video.play();
    } catch (cause) {
      if (this.#stream !== stream) return;
      this.stop();
      throw new DeviceError('unsupported', 'the camera picture cannot be shown', { cause });
    }
    if (this.#stream === stream) this.#lookLater(stream);
  }

  /** Lets the camera go: its light goes out. Safe to call twice. */
  stop(): void {
    this.#stopWaiting();
    const stream = this.#stream;
    this.#stream = undefined;
    this.#lastSeen.clear();
    this.#failures = 0;
    if (stream === undefined) return;
    for (const track of stream.getTracks()) track.stop();
    this.#options.video.srcObject = null;
    this.#options.detector.close();
  }

  #end(stream: MediaStream, code: DeviceErrorCode): void {
    if (this.#stream !== stream) return;
    this.stop();
    this.#options.onEnd(code);
  }

  #lookLater(stream: MediaStream): void {
    this.#stopWaiting = this.#options.timers.after(LOOK_EVERY_MS, () => void this.#look(stream));
  }

  /** One look at a time: a slow reader gets fewer pictures, never a queue of them. */
  async #look(stream: MediaStream): Promise<void> {
    const codes = await this.#options.detector.detect(this.#options.video).catch((cause: unknown) => {
      this.#failures += 1;
      return cause instanceof DeviceError ? cause.code : 'unsupported';
    });
    if (this.#stream !== stream) return;
    if (typeof codes === 'string' && this.#failures >= FAILURES_MAX) return this.#end(stream, codes);
    // Before telling: whatever the page does with a code, the next look comes.
    this.#lookLater(stream);
    if (typeof codes === 'string') return;
    this.#failures = 0;
    for (const { text, format } of codes) this.#saw(text, format);
  }

  #saw(text: string, format: CodeFormat): void {
    const now = this.#options.now();
    const name = `${format} ${text}`;
    const before = this.#lastSeen.get(name);
    this.#lastSeen.delete(name);
    this.#lastSeen.set(name, now);
    for (const [oldest] of this.#lastSeen) {
      if (this.#lastSeen.size <= TOLD_MAX) break;
      this.#lastSeen.delete(oldest);
    }
    if (before === undefined || now - before > AGAIN_AFTER_MS) this.#options.onCode(text, format);
  }
}
