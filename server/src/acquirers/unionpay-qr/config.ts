import type { Clock, Random } from '../../../../src/domain/clock.ts';

/** One merchant at an acquirer that carries UnionPay QR (银联二维码). There is no public interface: this is the acquirer's own. Never logged. */
export interface UnionpayQrConfig {
  readonly merchantId: string;
  /** The key shared with the acquirer: 64 hex digits. */
  readonly key: string;
  /** `https://…` of the acquirer. */
  readonly origin: string;
  /** Public address of our callback, as the acquirer calls it: its path is part of what is signed. */
  readonly notifyUrl: string;
  /** Terminal number by till (PBoC notice 259: 8 digits, registered first). */
  readonly terminals?: Readonly<Record<string, string>>;
  /** How long a shown code lives, seconds, 60 to 7,200. Default 120. */
  readonly codeLifeS?: number;
  /** The host is a sandbox: every approval says so. */
  readonly demo?: boolean;
}

export interface UnionpayQrDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Takes the place of sockets in simulations. */
  readonly fetch?: typeof globalThis.fetch;
}
