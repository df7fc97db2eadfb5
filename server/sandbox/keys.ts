import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { randomDigits, randomHex, type SandboxWorld } from './world.ts';

interface RsaPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Every key of the sandbox. New ones at each start; nothing of a real account. */
export interface SandboxKeys {
  readonly wechatMerchant: RsaPair;
  readonly wechatPlatform: RsaPair;
  readonly alipayApp: RsaPair;
  readonly alipayPlatform: RsaPair;
  readonly wechatSerial: string;
  readonly wechatPublicKeyId: string;
  readonly apiV3Key: string;
  readonly unionPayQrKey: Uint8Array;
  readonly terminalMasterKeys: readonly Uint8Array[];
  readonly issuerKey: Uint8Array;
}

const RSA_BITS = 2_048;
const AES_KEY_BYTES = 32;
const TDES_KEY_BYTES = 16;

const rsa = (): RsaPair => generateKeyPairSync('rsa', { modulusLength: RSA_BITS });

/** RSA pairs come from the system; they cannot be seeded, and nothing depends on their bytes. */
export function generateKeys(world: SandboxWorld, terminals: number): SandboxKeys {
  return {
    wechatMerchant: rsa(),
    wechatPlatform: rsa(),
    alipayApp: rsa(),
    alipayPlatform: rsa(),
    wechatSerial: randomHex(world, 20),
    wechatPublicKeyId: `PUB_KEY_ID_${randomDigits(world, 24)}`,
    apiV3Key: randomHex(world, AES_KEY_BYTES / 2),
    unionPayQrKey: world.random.bytes(AES_KEY_BYTES),
    terminalMasterKeys: Array.from({ length: terminals }, () => world.random.bytes(TDES_KEY_BYTES)),
    issuerKey: world.random.bytes(TDES_KEY_BYTES),
  };
}

export const publicPem = ({ publicKey }: RsaPair): string =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const privatePem = ({ privateKey }: RsaPair): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
