import * as z from 'zod/mini';
import type { Clock, Random } from '../../../src/domain/clock.ts';
import { CURRENCY_EXPONENTS, type Currency } from '../../../src/domain/money.ts';
import type { Acquirer } from '../acquirers/acquirer.ts';
import type { Database } from '../storage/sql.ts';

import type { Timer } from './timer.ts';

/** What adapters take from outside. */
export interface AdapterWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly timer: Timer;
  readonly database: Database;
}

/** The channels that can be configured: the shape of their keys, and how to make their adapter. */
export interface ChannelKind {
  /** Its `notifyUrl` may be left out of the file: it is filled in when the adapter is made. */
  readonly takesNotifyUrl: boolean;
  /** The first field that is missing or not as it should be. */
  check(config: unknown): { readonly problem?: string };
  /** Rejects when a key cannot be read. The library is loaded here, so a shop pays for none that it does not use. */
  create(config: unknown, world: AdapterWorld, merchant: string): Promise<Acquirer>;
}

const text = z.string().check(z.minLength(1), z.maxLength(10_000));
const flag = z.exactOptional(z.boolean());
const ms = z.exactOptional(z.int().check(z.minimum(1_000), z.maximum(3_600_000)));
const url = z.string().check(z.regex(/^https?:\/\/\S+$/));
const byTill = <T extends z.ZodMiniType>(shape: T) => z.exactOptional(z.record(z.string(), shape));

const WechatpayShape = z.strictObject({
  merchantId: text,
  appId: text,
  merchantSerial: text,
  privateKey: text,
  platformKeys: z.record(z.string(), text),
  apiV3Key: z.string().check(z.length(32)),
  notifyUrl: url,
  origin: z.exactOptional(url),
  terminals: byTill(z.strictObject({ deviceId: text, deviceIp: z.exactOptional(text) })),
  storeId: z.exactOptional(text),
  codeLifeMs: ms,
  demo: flag,
});

const AlipayShape = z.strictObject({
  appId: text,
  sellerId: text,
  privateKey: text,
  alipayPublicKey: text,
  notifyUrl: url,
  gateway: z.exactOptional(url),
  terminals: byTill(
    z.strictObject({
      id: text,
      kind: z.exactOptional(z.enum(['10', '11'])),
      serial: z.exactOptional(text),
      location: z.exactOptional(text),
      appVersion: z.exactOptional(text),
    }),
  ),
  storeId: z.exactOptional(text),
  timeoutMinutes: z.exactOptional(z.int().check(z.minimum(1), z.maximum(120))),
  demo: flag,
});

const UnionpayQrShape = z.strictObject({
  merchantId: text,
  key: z.string().check(z.regex(/^[0-9a-fA-F]{64}$/)),
  origin: url,
  notifyUrl: url,
  terminals: byTill(text),
  codeLifeS: z.exactOptional(z.int().check(z.minimum(60), z.maximum(7_200))),
  demo: flag,
});

const StripeShape = z.strictObject({
  secretKey: text,
  webhookSecret: text,
  readers: z.record(z.string(), text),
  currencies: z.array(z.enum(Object.keys(CURRENCY_EXPONENTS) as [Currency, ...Currency[]])),
  timeZone: text,
  origin: z.exactOptional(url),
  demo: flag,
});

const hexKey = z.string().check(z.regex(/^([0-9A-Fa-f]{2})+$/));
const Iso8583Shape = z.strictObject({
  host: text,
  port: z.int().check(z.minimum(1), z.maximum(65_535)),
  tls: z.exactOptional(z.union([z.literal(true), text])),
  merchantNumber: z.string().check(z.length(15)),
  terminals: z
    .array(
      z.strictObject({
        terminal: z.string().check(z.length(8)),
        masterKey: hexKey,
        tills: z.exactOptional(z.array(text)),
      }),
    )
    .check(z.minLength(1)),
  readerKeys: z.array(
    z.strictObject({
      scheme: z.enum(['dukpt-tdes', 'dukpt-aes']),
      ksnPrefix: text,
      key: hexKey,
      trackKey: z.exactOptional(z.enum(['data', 'pin'])),
    }),
  ),
  mac: z.exactOptional(z.enum(['x9.19', 'aes-cmac'])),
  tpdu: z.exactOptional(hexKey),
  header: z.exactOptional(hexKey),
  operator: z.exactOptional(text),
  answerMs: ms,
  connectMs: ms,
  demo: flag,
});

/** Ties a shape to the adapter that takes it. */
function channel<Shape extends z.ZodMiniType>(
  shape: Shape,
  takesNotifyUrl: boolean,
  create: (config: z.infer<Shape>, world: AdapterWorld, merchant: string) => Promise<Acquirer>,
): ChannelKind {
  return {
    takesNotifyUrl,
    check(config) {
      const result = z.safeParse(shape, config);
      if (result.success) return {};
      // The path only: a value may be a key.
      return { problem: result.error.issues[0]?.path.join('.') || 'fields' };
    },
    create: (config, world, merchant) => create(z.parse(shape, config), world, merchant),
  };
}

export const CHANNELS: Readonly<Record<string, ChannelKind>> = {
  wechatpay: channel(WechatpayShape, true, async (config, world) => {
    const { createWechatpay } = await import('../acquirers/wechatpay/adapter.ts');
    return createWechatpay(config, world);
  }),
  alipay: channel(AlipayShape, true, async (config, world) => {
    const { createAlipay } = await import('../acquirers/alipay/adapter.ts');
    return createAlipay(config, world);
  }),
  'unionpay-qr': channel(UnionpayQrShape, true, async (config, world) => {
    const { createUnionpayQr } = await import('../acquirers/unionpay-qr/adapter.ts');
    return createUnionpayQr(config, world);
  }),
  iso8583: channel(Iso8583Shape, false, async (config, { clock, timer, database }, merchant) => {
    const { createIso8583 } = await import('../acquirers/iso8583/adapter.ts');
    const { SqlTerminalStore } = await import('../acquirers/iso8583/sql-terminal-store.ts');
    return createIso8583(config, { clock, timer, store: new SqlTerminalStore(database, merchant) });
  }),
  // Its callbacks are addressed in the account itself.
  stripe: channel(StripeShape, false, async (config, world) => {
    const { createStripe } = await import('../acquirers/stripe/adapter.ts');
    return createStripe(config, world);
  }),
};
