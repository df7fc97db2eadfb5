import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { fromBase64url, toBase64url } from '../../../src/domain/bytes.ts';
import { keyId, type Signer } from '../../../src/domain/chain.ts';
import { StorageOpenError } from '../storage/sql.ts';

const FILE = 'server-key.json';
const KeyFileSchema = z.strictObject({
  v: z.literal(1),
  alg: z.literal('Ed25519'),
  publicKey: z.string(),
  pkcs8: z.string(),
});

/**
 * The key that countersigns what the server holds. Made at the first start, kept in the data directory, readable by the
 * server's user only. Tills pin it at enrolment, so once there is a shop a missing or damaged file is an error
 * (StorageOpenError `key-missing`), never a new key.
 */
export async function loadServerKey(folder: string, hasShop: boolean): Promise<Signer> {
  const file = join(folder, FILE);
  if (existsSync(file)) return readKey(file);
  if (hasShop) throw missing(file);
  await makeKey(file);
  return readKey(file);
}

const missing = (file: string): StorageOpenError =>
  new StorageOpenError(
    'key-missing',
    `The server key ${file} is missing or damaged. Restore it from the backup of this data.`,
  );

async function readKey(file: string): Promise<Signer> {
  try {
    const stored = KeyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const raw = fromBase64url(stored.publicKey);
    const name = { name: 'Ed25519' };
    const privateKey = await crypto.subtle.importKey('pkcs8', fromBase64url(stored.pkcs8), name, false, [
      'sign',
    ]);
    const publicKey = await crypto.subtle.importKey('raw', raw, name, true, ['verify']);
    return {
      pair: { privateKey, publicKey },
      key: { alg: 'Ed25519', kid: await keyId(raw), publicKey: stored.publicKey },
    };
  } catch {
    throw missing(file);
  }
}

async function makeKey(file: string): Promise<void> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const text = JSON.stringify({
    v: 1,
    alg: 'Ed25519',
    publicKey: toBase64url(raw),
    pkcs8: toBase64url(pkcs8),
  });
  // Written aside and renamed: a crash leaves either no key or a whole one.
  const aside = `${file}.new`;
  const handle = openSync(aside, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
}
