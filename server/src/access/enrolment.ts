import type { EnrolRequest, EnrolResponse } from '../../../src/contract/api.ts';
import { fromBase64url } from '../../../src/domain/bytes.ts';
import { importPublicKey, keyId, type Signer, verifyBytes } from '../../../src/domain/chain.ts';
import type { Clock, Random } from '../../../src/domain/clock.ts';
import type { PublicKey } from '../../../src/domain/entry.ts';
import { type MerchantId, newCode, type TillId } from '../../../src/domain/ids.ts';
import type { Shop } from '../../../src/domain/shop.ts';
import { RefusalError } from '../http/problem.ts';
import {
  addCode,
  type CodeKind,
  dropExpiredCodes,
  dropSetupCode,
  findCode,
  putSetupCode,
  type StoredCode,
  setupCode,
  spendCode,
} from '../storage/codes.ts';
import { headOfTill } from '../storage/journal.ts';
import {
  addMerchant,
  addTill,
  hasMerchant,
  hasTill,
  nextTillId,
  putOperator,
  putTillKey,
  shopOf,
} from '../storage/merchants.ts';
import { type Database, one, type Sql } from '../storage/sql.ts';
import { isSameText, sha256Hex } from './secrets.ts';

/** How long a code from the office can be used. */
export const CODE_LIFETIME_MS = 24 * 60 * 60_000;

export interface EnrolmentDeps {
  readonly database: Database;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
}

interface Enrolled {
  readonly merchant: MerchantId;
  readonly till: TillId;
}

/** The set-up code while there is no shop, made at the first call; undefined afterwards. */
export async function currentSetupCode(database: Database, random: Random): Promise<string | undefined> {
  const stored = await database.read(async (sql) => ((await hasMerchant(sql)) ? null : await setupCode(sql)));
  if (stored === null || stored !== undefined) return stored ?? undefined;
  return database.transaction(async (sql) => {
    if (await hasMerchant(sql)) return undefined;
    const other = await setupCode(sql);
    if (other !== undefined) return other;
    const made = newEnrolmentCode(random);
    await putSetupCode(sql, made);
    return made;
  });
}

/** A code that adds a till, or gives an existing one a new key. Shown once: only its hash is kept. */
export async function makeCode(
  deps: Pick<EnrolmentDeps, 'database' | 'clock' | 'random'>,
  merchant: string,
  rekey: string | undefined,
): Promise<string> {
  const code = newEnrolmentCode(deps.random);
  const now = deps.clock.now();
  const kind: CodeKind = rekey === undefined ? 'till' : 're-key';
  await deps.database.transaction(async (sql) => {
    if (rekey !== undefined && !(await hasTill(sql, merchant, rekey))) throw new RefusalError('not-found');
    await dropExpiredCodes(sql, merchant, now);
    const stored = {
      merchant,
      code_hash: sha256Hex(code),
      kind,
      till: rekey ?? null,
      expires_at: now + CODE_LIFETIME_MS,
    };
    await addCode(sql, stored, now);
  });
  return code;
}

const newEnrolmentCode = (random: Random): string => `${newCode(random, 4)}-${newCode(random, 4)}`;

/**
 * Makes a shop, adds a till or re-keys one, in one transaction. The code works once; the same key that used it may ask
 * again and gets the same answer, as its first answer may have been lost. Throws RefusalError.
 */
export async function enrol(deps: EnrolmentDeps, request: EnrolRequest): Promise<EnrolResponse> {
  await checkProof(request);
  const now = deps.clock.now();
  return deps.database.transaction(async (sql) => {
    const enrolled = await useCode(sql, deps.random, request, now);
    const shop = await shopOf(sql, enrolled.merchant);
    if (shop === undefined) throw new Error('a till has a shop');
    const head = await headOfTill(sql, enrolled.merchant, enrolled.till);
    const serverKey = deps.signer.key;
    return { ...enrolled, shop, serverKey, ...(head === undefined ? {} : { head }), serverTime: now };
  });
}

async function checkProof({ key, code, proof }: EnrolRequest): Promise<void> {
  const isGood = await isProof(key, code, proof).catch(() => false); // A key that cannot be imported proves nothing.
  if (!isGood) throw new RefusalError('proof-invalid');
}

async function isProof(key: PublicKey, code: string, proof: string): Promise<boolean> {
  if ((await keyId(fromBase64url(key.publicKey))) !== key.kid) return false;
  return verifyBytes(key.alg, await importPublicKey(key), proof, new TextEncoder().encode(code));
}

async function useCode(sql: Sql, random: Random, request: EnrolRequest, nowMs: number): Promise<Enrolled> {
  const fresh = (await hasMerchant(sql)) ? undefined : await setupCode(sql);
  if (fresh !== undefined && isSameText(fresh, request.code)) return makeShop(sql, random, request, nowMs);
  const code = await findCode(sql, sha256Hex(request.code));
  if (code === undefined) throw new RefusalError('code-unknown');
  const merchant = code.merchant as MerchantId;
  if (code.spent_kid !== null) {
    if (code.spent_kid !== request.key.kid || code.till === null) throw new RefusalError('code-spent');
    return { merchant, till: code.till as TillId };
  }
  if (code.expires_at <= nowMs) throw new RefusalError('code-unknown');
  return useOfficeCode(sql, { code, merchant }, request.key, nowMs);
}

async function useOfficeCode(
  sql: Sql,
  { code, merchant }: { readonly code: StoredCode; readonly merchant: MerchantId },
  key: PublicKey,
  nowMs: number,
): Promise<Enrolled> {
  const till = code.till === null ? await nextTillId(sql, merchant) : (code.till as TillId);
  if (till === undefined) throw new RefusalError('forbidden');
  if (code.till === null) await addTill(sql, merchant, till, nowMs);
  await putTillKey(sql, { merchant, till }, key, nowMs);
  if (!(await spendCode(sql, code, { kid: key.kid, till }, nowMs))) throw new RefusalError('code-spent');
  return { merchant, till };
}

async function makeShop(sql: Sql, random: Random, request: EnrolRequest, nowMs: number): Promise<Enrolled> {
  const { shop, owner, key, code } = request;
  if (shop === undefined || owner === undefined || owner.role !== 'owner' || !isTimeZone(shop)) {
    throw new RefusalError('malformed-body');
  }
  const merchant = `m-${newCode(random, 10)}` as MerchantId;
  const till = 'A1' as TillId;
  await addMerchant(sql, merchant, shop, nowMs);
  await putOperator(sql, merchant, owner);
  await addTill(sql, merchant, till, nowMs);
  await putTillKey(sql, { merchant, till }, key, nowMs);
  await dropSetupCode(sql);
  const code_hash = sha256Hex(code);
  await addCode(sql, { merchant, code_hash, kind: 'setup', till, expires_at: nowMs }, nowMs);
  await spendCode(sql, { merchant, code_hash }, { kid: key.kid, till }, nowMs);
  return { merchant, till };
}

function isTimeZone({ timeZone }: Shop): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Whether a key of this till that is not retired has this id; its public half when so. */
export async function liveKey(
  sql: Sql,
  merchant: string,
  till: string,
  kid: string,
): Promise<PublicKey | undefined> {
  const row = await one<{ alg: PublicKey['alg']; public_key: string }>(
    sql,
    'SELECT alg, public_key FROM till_key WHERE merchant = ? AND till = ? AND kid = ? AND retired_at IS NULL',
    [merchant, till, kid],
  );
  return row === undefined ? undefined : { alg: row.alg, kid, publicKey: row.public_key };
}
