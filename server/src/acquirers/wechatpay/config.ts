import type { Clock, Random } from '../../../../src/domain/clock.ts';

/** How a terminal is registered with the acquirer (PBoC notice 259: one device, one number). */
export interface WechatpayTerminal {
  /** `scene_info.device_id`; at most 32 characters. */
  readonly deviceId: string;
  readonly deviceIp?: string;
}

/** One merchant at WeChat Pay, APIv3. Everything here is secret or dull: none of it is ever logged. */
export interface WechatpayConfig {
  /** `mchid`. */
  readonly merchantId: string;
  readonly appId: string;
  /** Serial number of the merchant's certificate, upper-case hex. */
  readonly merchantSerial: string;
  /** The merchant's RSA key, PEM. */
  readonly privateKey: string;
  /** Whose answers and callbacks are believed: `Wechatpay-Serial` (certificate serial or `PUB_KEY_ID_…`) to PEM. */
  readonly platformKeys: Readonly<Record<string, string>>;
  /** 32 characters; opens the callbacks' resources. */
  readonly apiV3Key: string;
  /** Public HTTPS address of our callback. Shown codes need it. */
  readonly notifyUrl: string;
  /** Default `https://api.mch.weixin.qq.com`. */
  readonly origin?: string;
  /** By till; a till that is not listed is sent under its own id. */
  readonly terminals?: Readonly<Record<string, WechatpayTerminal>>;
  /** `scene_info.store_info.id`. */
  readonly storeId?: string;
  /** How long a shown code lives, ms. Default 2 minutes. */
  readonly codeLifeMs?: number;
  /** The host is a sandbox: every approval says so. */
  readonly demo?: boolean;
}

export interface WechatpayDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Takes the place of sockets in simulations. */
  readonly fetch?: typeof globalThis.fetch;
}

export const WECHATPAY_ORIGIN = 'https://api.mch.weixin.qq.com';
