import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import { type AdapterWorld, CHANNELS } from './makers.ts';
import { notifyUrlOf } from './notify-url.ts';
import type { Maker } from './registry.ts';

export interface Demo {
  readonly makers: readonly Maker[];
  /** Starts the hosts when nobody has yet: making their keys takes a second. */
  sandbox(): Promise<Sandbox>;
  /** Ends the hosts, if they were started. */
  stop(): Promise<void>;
}

export interface DemoWorld extends AdapterWorld {
  /** Where the sandbox hosts reach this server. Asked for only after it listens. */
  readonly ownUrl: () => string;
  /** Where the hosts can be steered from this machine; a free port when not said. */
  readonly adminPort?: number;
}

/** Acquirers whose hosts are on this machine and move no money. They start with the first shop that needs them. */
export function openDemo(world: DemoWorld): Demo {
  const { adminPort } = world;
  let starting: Promise<Sandbox> | undefined;
  const sandbox = (): Promise<Sandbox> => {
    starting ??= import('../../sandbox/start-sandbox.ts').then(({ startSandbox }) =>
      startSandbox(adminPort === undefined ? world : { ...world, ports: { admin: adminPort } }),
    );
    return starting;
  };
  const makers = Object.entries(DEMO_CONFIGS).map(
    ([id, configOf]): Maker => ({
      async make(merchant) {
        const notifyUrl = notifyUrlOf(world.ownUrl(), id, merchant);
        const channel = CHANNELS[id];
        if (channel === undefined) throw new Error(`no channel ${id}`);
        return channel.create(configOf(await sandbox(), notifyUrl), world, merchant);
      },
    }),
  );
  return {
    makers,
    sandbox,
    async stop() {
      await (await starting)?.close();
    },
  };
}

/** The published test keys of ANSI X9.24-1 and -3: what a reader that was never injected, or a simulated one, encrypts with. */
const TEST_READER_KEYS = [
  { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF9876543210', key: '0123456789ABCDEFFEDCBA9876543210' },
  // MagneSafe V5 readers encrypt tracks under the PIN variant.
  {
    scheme: 'dukpt-tdes',
    ksnPrefix: 'FFFF9876543211',
    key: '0123456789ABCDEFFEDCBA9876543210',
    trackKey: 'pin',
  },
  { scheme: 'dukpt-aes', ksnPrefix: '1234567890123456', key: 'FEDCBA9876543210F1F1F1F1F1F1F1F1' },
];

/** The sandbox's own keys, as each adapter wants them. */
const DEMO_CONFIGS: Readonly<Record<string, (sandbox: Sandbox, notifyUrl: string) => object>> = {
  wechatpay: ({ wechatpay: access }, notifyUrl) => ({
    merchantId: access.mchid,
    appId: access.appid,
    merchantSerial: access.merchantSerial,
    privateKey: access.merchantPrivateKey,
    platformKeys: { [access.publicKeyId]: access.publicKey },
    apiV3Key: access.apiV3Key,
    origin: access.url,
    storeId: 'demo',
    notifyUrl,
    demo: true,
  }),
  alipay: ({ alipay: access }, notifyUrl) => ({
    appId: access.appId,
    sellerId: access.sellerId,
    privateKey: access.appPrivateKey,
    alipayPublicKey: access.alipayPublicKey,
    gateway: access.gateway,
    notifyUrl,
    demo: true,
  }),
  iso8583: ({ bank }) => ({
    host: bank.host,
    port: bank.port,
    merchantNumber: bank.merchant,
    terminals: bank.terminals,
    readerKeys: TEST_READER_KEYS,
    mac: bank.mac,
    tpdu: bank.tpdu,
    demo: true,
  }),
  'unionpay-qr': ({ unionPayQr: access }, notifyUrl) => ({
    merchantId: access.merchant,
    key: access.key,
    origin: access.url,
    notifyUrl,
    demo: true,
  }),
};
