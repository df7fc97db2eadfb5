import type { Clock } from '../../../../src/domain/clock.ts';

/** How a terminal is registered (PBoC notice 259): Alipay takes the number and the kind of device with every code payment. */
export interface AlipayTerminal {
  /** `terminal_id`. */
  readonly id: string;
  /** `business_params.terminal_info`: 10 certified code terminal, 11 auxiliary device, such as a page with a scanner. */
  readonly kind?: '10' | '11';
  readonly serial?: string;
  /** `+31.23041/+121.47370`. */
  readonly location?: string;
  readonly appVersion?: string;
}

/** One application of one seller at Alipay. Everything here is secret or dull: none of it is ever logged. */
export interface AlipayConfig {
  readonly appId: string;
  /** `seller_id`: the 16 digits (2088…) that get the money. */
  readonly sellerId: string;
  /** The application's RSA key: PEM (PKCS#1 or PKCS#8), or the bare base64 that Alipay's key tool writes. */
  readonly privateKey: string;
  /** Alipay's public key: PEM or bare base64. */
  readonly alipayPublicKey: string;
  /** Public HTTPS address of our callback. */
  readonly notifyUrl: string;
  /** Default `https://openapi.alipay.com/gateway.do`. */
  readonly gateway?: string;
  /** By till; a till that is not listed is sent under its own id. */
  readonly terminals?: Readonly<Record<string, AlipayTerminal>>;
  readonly storeId?: string;
  /** After this many minutes Alipay closes an unpaid trade by itself. Default 3. */
  readonly timeoutMinutes?: number;
  /** The host is a sandbox: every approval says so. */
  readonly demo?: boolean;
}

export interface AlipayDeps {
  readonly clock: Clock;
  /** Takes the place of sockets in simulations. */
  readonly fetch?: typeof globalThis.fetch;
}

export const ALIPAY_GATEWAY = 'https://openapi.alipay.com/gateway.do';
