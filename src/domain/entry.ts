import * as z from 'zod/mini';
import { ATTEMPT_STATES, AttemptMovedSchema, type AttemptState } from './attempt.ts';
import type { Epoch, JobId, MerchantId, OperatorId, TillId } from './ids.ts';
import { RefundIdSchema, RefundSchema } from './refund.ts';
import { OperatorSchema, RIGHTS } from './role.ts';
import { BusinessDaySchema, CompletedSaleSchema, OpenSaleSchema, SaleIdSchema } from './sale.ts';
import { kit } from './schema.ts';
import { ShopSchema } from './shop.ts';
import { PaymentSchema } from './tender.ts';

/** `prev` of the first entry a till ever writes. */
export const GENESIS_HASH = '0'.repeat(64);

/** Largest canonical entry, bytes. A sale of 200 lines is about 40 kB; beyond this something is wrong with the caller. */
export const ENTRY_BYTES_MAX = 128 * 1024;

/** Signature algorithms of journals. Ed25519 where WebCrypto has it, else ECDSA P-256 with SHA-256. */
export const SIGNATURE_ALGORITHMS = ['Ed25519', 'ES256'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

const base64url = (lengthMax: number) =>
  kit.branded<string>(new RegExp(`^[A-Za-z0-9_-]{1,${lengthMax}}$`), 'base64url');
export const KeySchema = z.strictObject({
  alg: z.enum(SIGNATURE_ALGORITHMS),
  /** Key id: the first 16 hex digits of the SHA-256 of the raw public key. */
  kid: kit.branded<string>(/^[0-9a-f]{16}$/, 'a key id'),
  /** Raw public key: 32 bytes for Ed25519, 65 (uncompressed point) for ES256. */
  publicKey: base64url(90),
});
export type PublicKey = z.infer<typeof KeySchema>;

const TillIdSchema = kit.branded<TillId>(/^[A-Z0-9]{2,4}$/, 'a till id');
const EpochSchema = kit.branded<Epoch>(/^[0-9A-HJKMNP-TV-Z]{6}$/, 'an epoch');

/** A place in a journal and the hash of the entry there. `seq` 0 with the genesis hash: nothing written yet. */
export const HeadSchema = z.strictObject({
  epoch: EpochSchema,
  seq: z.int().check(z.minimum(0)),
  hash: kit.hash,
});
export type Head = z.infer<typeof HeadSchema>;

const EnrolmentSchema = z.strictObject({
  merchant: kit.branded<MerchantId>(/^m-[0-9A-Z]{10}$/, 'a merchant id'),
  shop: ShopSchema,
  key: KeySchema,
});

const ReceiptPrintedSchema = z.strictObject({
  saleId: SaleIdSchema,
  jobId: kit.branded<JobId>(/^[0-9a-f]{32}$/, 'a job id'),
  /** True for every paper after the first: it carries 重打印. */
  duplicate: z.boolean(),
  /** Why the paper is not proved: `no-confirmation`, or a device error code. Absent when the printer confirmed. */
  reason: z.optional(kit.text(64)),
});

/** 小费 given after the sale was paid: an attempt of its own, on the payment it was added to. */
const TipAddedSchema = z.strictObject({
  saleId: SaleIdSchema,
  day: BusinessDaySchema,
  currency: kit.currency,
  payment: PaymentSchema,
});

/** A manager let an operator do what the operator's role may not. */
const OverrideSchema = z.strictObject({
  right: z.enum(RIGHTS),
  grantedBy: kit.branded<OperatorId>(/^[a-z0-9-]{1,32}$/, 'an operator id'),
  saleId: z.optional(SaleIdSchema),
  reason: kit.text(64),
});

/** What the three copies said when the journal was opened, and what was done about it. */
export const RepairSchema = z.strictObject({
  /** Which copy was believed. */
  source: z.enum(['indexeddb', 'opfs', 'server', 'none']),
  indexeddb: z.optional(HeadSchema),
  opfs: z.optional(HeadSchema),
  server: z.optional(HeadSchema),
  /** Entries written back into the copy that lacked them. */
  restored: z.int().check(z.minimum(0)),
  /** True when the tail could not be proved complete, so numbering began again in a new epoch. */
  newEpoch: z.boolean(),
  /** Coded: `copy-behind`, `copy-missing`, `copy-damaged`, `diverged`, `behind-server`, `key-lost`, `fork`. */
  reason: kit.text(64),
});
export type Repair = z.infer<typeof RepairSchema>;

const body = {
  'enrolment.completed': EnrolmentSchema,
  'enrolment.rekeyed': EnrolmentSchema,
  'operator.added': OperatorSchema,
  'sale.opened': OpenSaleSchema,
  'sale.completed': CompletedSaleSchema,
  'sale.voided': z.strictObject({ saleId: SaleIdSchema, reason: kit.text(64) }),
  'refund.opened': RefundSchema,
  'refund.completed': RefundSchema,
  'refund.voided': z.strictObject({ refundId: RefundIdSchema, saleId: SaleIdSchema, reason: kit.text(64) }),
  'tip.added': TipAddedSchema,
  'override.granted': OverrideSchema,
  'receipt.printed': ReceiptPrintedSchema,
  'receipt.unconfirmed': ReceiptPrintedSchema,
  'device.drawer-kicked': z.strictObject({
    saleId: z.optional(SaleIdSchema),
    reason: z.enum(['sale', 'manual', 'test']),
  }),
  'head.repaired': RepairSchema,
} as const;

type PlainType = keyof typeof body;
type AttemptType = `attempt.${AttemptState}`;
const envelope = {
  v: z.literal(1),
  till: TillIdSchema,
  epoch: EpochSchema,
  /** 1, 2, 3 … within the epoch, without a gap. */
  seq: z.int().check(z.minimum(1)),
  /** Hash of the entry before, across epochs. */
  prev: kit.hash,
  /** Device wall clock, ms. Told, never trusted: order is (epoch, seq). */
  at: kit.instant,
  /** Monotonic ms since the writer started: shows clock jumps. */
  mono: z.int().check(z.minimum(0)),
  operator: kit.branded<OperatorId>(/^[a-z0-9-]{1,32}$/, 'an operator id'),
  training: z.boolean(),
};

const plain = (Object.keys(body) as PlainType[]).map((type) =>
  z.strictObject({ ...envelope, type: z.literal(type), body: body[type] }),
);
const attempts = z.strictObject({
  ...envelope,
  type: z.enum(ATTEMPT_STATES.map((state) => `attempt.${state}` as const)),
  body: AttemptMovedSchema,
});

/** Type and body of an entry before the journal numbers and signs it. */
export type EntryDraft =
  | { [T in PlainType]: { readonly type: T; readonly body: z.infer<(typeof body)[T]> } }[PlainType]
  | { readonly type: AttemptType; readonly body: z.infer<typeof AttemptMovedSchema> };

/** An immutable fact about money or stock: numbered, chained, and (in its envelope) signed. */
export type Entry = EntryDraft & {
  readonly v: 1;
  readonly till: TillId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly prev: string;
  readonly at: number;
  readonly mono: number;
  readonly operator: OperatorId;
  readonly training: boolean;
};

/**
 * Told apart by `type`, so that one body is looked at and not fifteen. The cast says what the list of bodies guarantees and
 * TypeScript cannot follow through `map`: the type and the body of an entry belong together.
 */
export const EntrySchema: z.ZodMiniType<Entry> = z.discriminatedUnion('type', [
  attempts,
  ...plain,
]) as unknown as z.ZodMiniType<Entry>;

/** An entry with the proof of who wrote it. `sig` signs the 32 bytes of `hash`. */
export const SignedEntrySchema = z.strictObject({
  entry: EntrySchema,
  hash: kit.hash,
  alg: z.enum(SIGNATURE_ALGORITHMS),
  kid: kit.branded<string>(/^[0-9a-f]{16}$/, 'a key id'),
  sig: base64url(90),
});
export type SignedEntry = z.infer<typeof SignedEntrySchema>;
