import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Timer } from './config.ts';
import { type Frame, FrameReader } from './frame.ts';
import { Iso8583Error } from './iso8583-error.ts';

export interface LinkAddress {
  readonly host: string;
  readonly port: number;
  readonly tls?: true | string;
}

interface Waiting {
  readonly accepts: (frame: Frame) => boolean;
  readonly settle: (frame: Frame | undefined) => void;
}

/**
 * One TCP connection to a host, made when it is needed and made anew after it broke. One request is under way at a time;
 * frames that nobody waits for go to `stray`.
 */
export class HostLink {
  readonly #address: LinkAddress;
  readonly #timer: Timer;
  readonly #stray: (frame: Frame) => void;
  #socket: Socket | undefined;
  #waiting: Waiting | undefined;

  constructor(address: LinkAddress, timer: Timer, stray: (frame: Frame) => void) {
    this.#address = address;
    this.#timer = timer;
    this.#stray = stray;
  }

  /** Makes the connection if there is none. False when the host cannot be reached within `ms`, or the signal says stop. */
  open(ms: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.#socket !== undefined) return Promise.resolve(true);
    const socket = this.#dial();
    return new Promise((resolve) => {
      const finish = (isOpen: boolean): void => {
        cancel();
        signal.removeEventListener('abort', refuse);
        if (isOpen) this.#attend(socket);
        else socket.destroy();
        resolve(isOpen);
      };
      const refuse = (): void => finish(false);
      const cancel = this.#timer.after(ms, refuse);
      signal.addEventListener('abort', refuse, { once: true });
      socket.once('error', refuse);
      socket.once(this.#address.tls === undefined ? 'connect' : 'secureConnect', () => finish(true));
    });
  }

  /** Writes a frame and waits for the one that answers it. Undefined when none came in time or the connection broke. */
  exchange(
    bytes: Uint8Array,
    accepts: (frame: Frame) => boolean,
    limits: { readonly ms: number; readonly signal: AbortSignal },
  ): Promise<Frame | undefined> {
    const socket = this.#socket;
    if (socket === undefined || this.#waiting !== undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (frame: Frame | undefined): void => {
        cancel();
        limits.signal.removeEventListener('abort', giveUp);
        this.#waiting = undefined;
        resolve(frame);
      };
      const giveUp = (): void => settle(undefined);
      const cancel = this.#timer.after(limits.ms, giveUp);
      limits.signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting = { accepts, settle };
      socket.write(bytes);
    });
  }

  stop(): void {
    this.#drop();
  }

  #dial(): Socket {
    const { host, port, tls } = this.#address;
    if (tls === undefined) return connect({ host, port, noDelay: true });
    return connectTls({ host, port, ...(tls === true ? {} : { ca: tls }) });
  }

  #attend(socket: Socket): void {
    this.#socket = socket;
    const reader = new FrameReader();
    const lost = (): void => {
      if (this.#socket === socket) this.#drop();
    };
    socket.on('error', lost);
    socket.on('close', lost);
    socket.on('end', lost);
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of reader.push(chunk)) this.#take(frame);
      } catch (error) {
        if (!(error instanceof Iso8583Error)) throw error;
        lost();
      }
    });
  }

  #take(frame: Frame): void {
    if (this.#waiting?.accepts(frame)) this.#waiting.settle(frame);
    else this.#stray(frame);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
    this.#waiting?.settle(undefined);
  }
}
