import { createCipheriv, createSign, createVerify, type KeyObject } from 'node:crypto';
import { randomHex, type SandboxWorld } from '../world.ts';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
/** Signatures older or newer than this are refused, s (devices.md 5.3). */
const WINDOW_S = 300;

export interface WechatPayKeys {
  readonly mchid: string;
  readonly appid: string;
  readonly merchantSerial: string;
  readonly merchantPublicKey: KeyObject;
  /** Names the key below in `Wechatpay-Serial`. */
  readonly publicKeyId: string;
  readonly platformPrivateKey: KeyObject;
  /** 32 characters; encrypts the resource of a notice. */
  readonly apiV3Key: string;
}

export interface SignedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** undefined when the signature is good, else what is wrong with it. */
export function refuseSignature(
  request: SignedRequest,
  keys: WechatPayKeys,
  nowMs: number,
): string | undefined {
  const header = request.headers['authorization'] ?? '';
  if (!header.startsWith(`${SCHEME} `)) return 'Authorization is missing or of an unknown type';
  const parts = authorizationParts(header.slice(SCHEME.length + 1));
  const [mchid, nonce, timestamp, serial, signature] = [
    'mchid',
    'nonce_str',
    'timestamp',
    'serial_no',
    'signature',
  ].map((name) => parts.get(name) ?? '');
  if (mchid !== keys.mchid) return 'mchid is unknown';
  if (serial?.toUpperCase() !== keys.merchantSerial) return 'serial_no is unknown';
  if (!/^\d{10}$/.test(timestamp ?? '') || Math.abs(Number(timestamp) - nowMs / 1000) > WINDOW_S)
    return 'timestamp is more than 5 minutes off';
  if (!/^[\w-]{1,32}$/.test(nonce ?? '')) return 'nonce_str is malformed';
  const message = `${request.method}\n${request.target}\n${timestamp}\n${nonce}\n${request.body}\n`;
  const good = createVerify('RSA-SHA256')
    .update(message)
    .verify(keys.merchantPublicKey, signature ?? '', 'base64');
  return good ? undefined : 'signature does not match';
}

function authorizationParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/(\w+)="([^"]*)"/g)) parts.set(name, value);
  return parts;
}

export interface SigningOptions {
  /** The signature is over other bytes than those sent. */
  readonly spoiled?: boolean;
  /** Moves the time stamp, s. */
  readonly shiftS?: number;
}

/** The four headers by which the shop knows that WeChat Pay spoke. */
export function signatureHeaders(
  body: string,
  keys: WechatPayKeys,
  world: SandboxWorld,
  { spoiled = false, shiftS = 0 }: SigningOptions = {},
): Record<string, string> {
  const timestamp = String(Math.floor(world.clock.now() / 1000) + shiftS);
  const nonce = randomHex(world, 16);
  const message = `${timestamp}\n${nonce}\n${spoiled ? `${body} ` : body}\n`;
  return {
    'wechatpay-serial': keys.publicKeyId,
    'wechatpay-signature-type': SCHEME,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': createSign('RSA-SHA256').update(message).sign(keys.platformPrivateKey, 'base64'),
  };
}

/** AES-256-GCM as in a notice: ciphertext and tag in one base64 text. */
export function encryptResource(
  plain: string,
  associatedData: string,
  keys: WechatPayKeys,
  world: SandboxWorld,
): { readonly nonce: string; readonly ciphertext: string } {
  const nonce = randomHex(world, 6);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys.apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { nonce, ciphertext: bytes.toString('base64') };
}
