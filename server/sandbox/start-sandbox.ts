import { Admin } from './admin.ts';
import { AlipayHost } from './alipay/host.ts';
import type { MacAlgorithm } from './bank/crypto.ts';
import { serveBank } from './bank/host.ts';
import type { Rule } from './behaviour.ts';
import { Books, type BookView } from './books.ts';
import { type RunningHost, serveHttp } from './http-host.ts';
import { generateKeys, privatePem, publicPem, type SandboxKeys } from './keys.ts';
import type { NoticeResult } from './notices.ts';
import { Rules } from './rules.ts';
import { UnionPayQrHost } from './unionpay-qr/host.ts';
import type { CustomerAction } from './wallet/wallet.ts';
import { WechatPayHost } from './wechatpay/host.ts';
import type { SandboxWorld } from './world.ts';

/** The merchant number at the bank: acquirer 3, region 4, trade 4, serial 4 (field.md 5.1). */
const MERCHANT = '898310054110001';
const FIRST_TERMINAL = 10_000_001;
const TERMINALS = 4;
const TPDU = '6000030000';

export interface SandboxPorts {
  readonly bank: number;
  readonly wechatpay: number;
  readonly alipay: number;
  readonly unionPayQr: number;
  readonly admin: number;
}

export interface SandboxOptions extends SandboxWorld {
  /** 0 (also for those left out) takes a free port; all on 127.0.0.1. */
  readonly ports?: Partial<SandboxPorts>;
  /** How the bank makes field 64; X9.19 unless said otherwise. */
  readonly mac?: MacAlgorithm;
  /** Keys to keep (RSA pairs cost a second); new ones otherwise. */
  readonly keys?: SandboxKeys;
}

/** What a terminal of the bank needs; keys as upper-case hex. */
export interface BankAccess {
  readonly host: string;
  readonly port: number;
  readonly tpdu: string;
  readonly merchant: string;
  readonly mac: MacAlgorithm;
  readonly terminals: readonly { readonly terminal: string; readonly masterKey: string }[];
  /** For a simulated card to check tag 91. */
  readonly issuerKey: string;
}

export interface WechatPayAccess {
  readonly url: string;
  readonly mchid: string;
  readonly appid: string;
  readonly merchantSerial: string;
  /** PKCS#8 PEM. */
  readonly merchantPrivateKey: string;
  readonly apiV3Key: string;
  /** The `Wechatpay-Serial` of answers and notices, and its key (SPKI PEM). */
  readonly publicKeyId: string;
  readonly publicKey: string;
}

export interface AlipayAccess {
  /** Ends in /gateway.do. */
  readonly gateway: string;
  readonly appId: string;
  readonly sellerId: string;
  /** PKCS#8 PEM. */
  readonly appPrivateKey: string;
  /** SPKI PEM. */
  readonly alipayPublicKey: string;
}

export interface UnionPayQrAccess {
  readonly url: string;
  readonly merchant: string;
  /** 64 hex digits. */
  readonly key: string;
}

export interface SandboxAdmin {
  readonly url: string;
  books(): readonly BookView[];
  /** Returns the rule's number. */
  addRule(rule: Rule): number;
  clearRules(): void;
  customer(orderOrQr: string, action: CustomerAction): boolean;
  notices(): readonly NoticeResult[];
  /** Resolves when no notice is on its way. */
  noticesIdle(): Promise<void>;
}

export interface Sandbox {
  readonly bank: BankAccess;
  readonly wechatpay: WechatPayAccess;
  readonly alipay: AlipayAccess;
  readonly unionPayQr: UnionPayQrAccess;
  readonly admin: SandboxAdmin;
  close(): Promise<void>;
}

/** Keys for `SandboxOptions.keys`, so that a test file makes them once. */
export const sandboxKeys = (world: SandboxWorld): SandboxKeys => generateKeys(world, TERMINALS);

/** Starts all hosts on loopback. Rejects when a port is taken; then nothing is left open. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world: SandboxWorld = { clock: options.clock, random: options.random, timer: options.timer };
  const keys = options.keys ?? sandboxKeys(world);
  const shared = { books: new Books(), rules: new Rules(), world };
  const mac = options.mac ?? 'x9.19';
  const { wechatpay, alipay, unionPayQr, access } = makeWallets(keys, shared);
  const hosts = [wechatpay, alipay, unionPayQr];
  const notices = (): readonly NoticeResult[] => hosts.flatMap((host) => host.notices.results);
  const wallets = { wechatpay: wechatpay.wallet, alipay: alipay.wallet, 'unionpay-qr': unionPayQr.wallet };
  const admin = new Admin({ ...shared, wallets, notices });
  const ports = options.ports ?? {};
  const open: RunningHost[] = [];
  const opened = async (starting: Promise<RunningHost>): Promise<RunningHost> => {
    const host = await starting;
    open.push(host);
    return host;
  };
  const close = async (): Promise<void> => {
    await Promise.all(open.map((host) => host.close()));
    await Promise.all(hosts.map((host) => host.notices.close()));
  };
  try {
    const { timer } = world;
    const bank = await opened(
      serveBank(
        { ...shared, mac, issuerKey: keys.issuerKey, terminals: terminalSetups(keys) },
        ports.bank ?? 0,
      ),
    );
    const wechat = await opened(serveHttp((each) => wechatpay.handle(each), ports.wechatpay ?? 0, timer));
    const ali = await opened(serveHttp((each) => alipay.handle(each), ports.alipay ?? 0, timer));
    const union = await opened(serveHttp((each) => unionPayQr.handle(each), ports.unionPayQr ?? 0, timer));
    const back = await opened(serveHttp((each) => admin.handle(each), ports.admin ?? 0, timer));
    wechatpay.baseUrl = wechat.url;
    alipay.baseUrl = ali.url;
    return {
      bank: bankAccess(bank.port, mac, keys),
      wechatpay: { url: wechat.url, ...access.wechatpay },
      alipay: { gateway: `${ali.url}/gateway.do`, ...access.alipay },
      unionPayQr: { url: union.url, ...access.unionPayQr },
      admin: {
        url: back.url,
        books: () => shared.books.list(),
        addRule: (rule) => shared.rules.add(rule),
        clearRules: () => shared.rules.clear(),
        customer: (target, action) => admin.act(target, action),
        notices,
        noticesIdle: async () => {
          await Promise.all(hosts.map((host) => host.notices.idle()));
        },
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function makeWallets(keys: SandboxKeys, shared: { books: Books; rules: Rules; world: SandboxWorld }) {
  const wechat = { mchid: '1900000109', appid: 'wxd678efh567hg6787' };
  const ali = { appId: '2021000118649056', sellerId: '2088102146225135' };
  const union = { merchant: MERCHANT };
  return {
    wechatpay: new WechatPayHost({
      ...shared,
      keys: {
        ...wechat,
        merchantSerial: keys.wechatSerial,
        merchantPublicKey: keys.wechatMerchant.publicKey,
        publicKeyId: keys.wechatPublicKeyId,
        platformPrivateKey: keys.wechatPlatform.privateKey,
        apiV3Key: keys.apiV3Key,
      },
    }),
    alipay: new AlipayHost({
      ...shared,
      keys: {
        ...ali,
        appPublicKey: keys.alipayApp.publicKey,
        alipayPrivateKey: keys.alipayPlatform.privateKey,
      },
    }),
    unionPayQr: new UnionPayQrHost({ ...shared, keys: { ...union, key: keys.unionPayQrKey } }),
    access: {
      wechatpay: {
        ...wechat,
        merchantSerial: keys.wechatSerial,
        merchantPrivateKey: privatePem(keys.wechatMerchant),
        apiV3Key: keys.apiV3Key,
        publicKeyId: keys.wechatPublicKeyId,
        publicKey: publicPem(keys.wechatPlatform),
      },
      alipay: {
        ...ali,
        appPrivateKey: privatePem(keys.alipayApp),
        alipayPublicKey: publicPem(keys.alipayPlatform),
      },
      unionPayQr: { ...union, key: hex(keys.unionPayQrKey).toLowerCase() },
    },
  };
}

function terminalSetups(keys: SandboxKeys) {
  return keys.terminalMasterKeys.map((masterKey, index) => ({
    terminal: String(FIRST_TERMINAL + index),
    merchant: MERCHANT,
    masterKey,
  }));
}

function bankAccess(port: number, mac: MacAlgorithm, keys: SandboxKeys): BankAccess {
  const terminals = terminalSetups(keys).map(({ terminal, masterKey }) => ({
    terminal,
    masterKey: hex(masterKey),
  }));
  return {
    host: '127.0.0.1',
    port,
    tpdu: TPDU,
    merchant: MERCHANT,
    mac,
    terminals,
    issuerKey: hex(keys.issuerKey),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
