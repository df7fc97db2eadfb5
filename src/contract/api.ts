import * as z from 'zod/mini';
import { ApprovalSchema } from '../domain/approval.ts';
import { AttemptSchema } from '../domain/attempt.ts';
import { CardDataSchema, hexText } from '../domain/card-data.ts';
import { HeadSchema, KeySchema, SIGNATURE_ALGORITHMS, SignedEntrySchema } from '../domain/entry.ts';
import type { MerchantId, TillId } from '../domain/ids.ts';
import { CodeTableSchema, RailSchema } from '../domain/rails.ts';
import { OperatorSchema } from '../domain/role.ts';
import { kit } from '../domain/schema.ts';
import { ShopSchema } from '../domain/shop.ts';

/** Version of the JSON that crosses the wire. The server takes every version of the last 90 days. */
export const CONTRACT_VERSION = 1;

/** Most entries in one batch, and its largest body: what a slow link carries in some seconds. */
export const BATCH_ENTRIES_MAX = 500;
export const BATCH_BYTES_MAX = 8 * 1024 * 1024;

const merchant = kit.branded<MerchantId>(/^m-[0-9A-Z]{10}$/, 'a merchant id');
const till = kit.branded<TillId>(/^[A-Z0-9]{2,4}$/, 'a till id');
const signature = kit.branded<string>(/^[A-Za-z0-9_-]{1,90}$/, 'a signature');

/** Codes a person reads and types: `ABCD-EFGH`, Crockford base 32. */
export const EnrolmentCodeSchema = kit.branded<string>(
  /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/,
  'an enrolment code',
);

/** GET /api/setup. `code` is given only to a page on the same machine while the server has no shop yet. */
export const SetupSchema = z.strictObject({
  contract: z.int(),
  fresh: z.boolean(),
  code: z.optional(EnrolmentCodeSchema),
  serverTime: kit.instant,
});
export type Setup = z.infer<typeof SetupSchema>;

/**
 * POST /api/enrol. A fresh code makes the shop (shop and owner are required); a till code from the office adds a till
 * (shop ignored); a re-key code gives an existing till a new key. `proof` signs the UTF-8 bytes of the code with the new key.
 */
export const EnrolRequestSchema = z.strictObject({
  contract: z.int(),
  code: EnrolmentCodeSchema,
  key: KeySchema,
  proof: signature,
  shop: z.optional(ShopSchema),
  owner: z.optional(OperatorSchema),
});
export type EnrolRequest = z.infer<typeof EnrolRequestSchema>;

export const EnrolResponseSchema = z.strictObject({
  merchant,
  till,
  shop: ShopSchema,
  /** The server's key: every countersignature must be by it. */
  serverKey: KeySchema,
  /** The last entry the server holds of this till; absent for a new till. */
  head: z.optional(HeadSchema),
  serverTime: kit.instant,
});
export type EnrolResponse = z.infer<typeof EnrolResponseSchema>;

/** The server's word that it durably holds everything up to `head`. `sig` signs the hash of the object without `sig`. */
export const CountersignedSchema = z.strictObject({
  merchant,
  till,
  head: HeadSchema,
  serverTime: kit.instant,
  alg: z.enum(SIGNATURE_ALGORITHMS),
  kid: kit.branded<string>(/^[0-9a-f]{16}$/, 'a key id'),
  sig: signature,
});
export type Countersigned = z.infer<typeof CountersignedSchema>;

/** POST /api/journal: entries in order, directly after what the server holds. Body may be gzip. */
export const IngestRequestSchema = z.strictObject({
  contract: z.int(),
  merchant,
  till,
  /** The lowest epoch-seq sent is the first of the list; the list may begin with entries the server knows already. */
  entries: z.array(SignedEntrySchema).check(z.minLength(1), z.maxLength(BATCH_ENTRIES_MAX)),
});
export type IngestRequest = z.infer<typeof IngestRequestSchema>;

export const IngestResponseSchema = z.strictObject({
  /** How many were new, and how many the server had already, byte for byte. */
  appended: z.int().check(z.minimum(0)),
  known: z.int().check(z.minimum(0)),
  countersigned: CountersignedSchema,
});
export type IngestResponse = z.infer<typeof IngestResponseSchema>;

/** Codes of refusals, with their HTTP status. The page has words for each. */
export const REFUSALS = {
  'malformed-json': 400,
  'malformed-body': 400,
  'unsupported-contract': 400,
  'code-unknown': 403,
  'code-spent': 403,
  'proof-invalid': 403,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'hash-mismatch': 422,
  'signature-invalid': 422,
  'unknown-key': 422,
  'broken-chain': 422,
  'sequence-gap': 409,
  fork: 409,
  'training-entry': 422,
  'entry-invalid': 422,
  'till-revoked': 403,
  'attempt-conflict': 409,
  'attempt-tombstoned': 409,
  'rail-unavailable': 422,
  'original-unknown': 422,
  'amount-beyond-original': 422,
  'callback-refused': 401,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const;
export type Refusal = keyof typeof REFUSALS;

/**
 * Every non-2xx answer of the API. For a refused batch, `at` is the index of the entry that was refused, and `head`
 * what the server holds, so that the till can go on from there. `quarantined`: the refused entry is kept aside, whole.
 */
export const ProblemSchema = z.strictObject({
  code: z.enum(Object.keys(REFUSALS) as [Refusal, ...Refusal[]]),
  message: z.string(),
  at: z.optional(z.int()),
  head: z.optional(HeadSchema),
  quarantined: z.optional(z.boolean()),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** GET /api/challenge → sign the nonce's UTF-8 bytes → POST /api/token. The token is for calls other than ingest. */
export const ChallengeSchema = z.strictObject({
  nonce: kit.branded<string>(/^[A-Za-z0-9_-]{43}$/, 'a nonce'),
});
export const TokenRequestSchema = z.strictObject({
  merchant,
  till,
  nonce: kit.branded<string>(/^[A-Za-z0-9_-]{43}$/, 'a nonce'),
  kid: kit.branded<string>(/^[0-9a-f]{16}$/, 'a key id'),
  sig: signature,
});
export const TokenResponseSchema = z.strictObject({ token: z.string(), expiresAt: kit.instant });

/** GET /api/head (bearer token): what the server holds of this till, countersigned; absent when nothing yet. */
export const HeadResponseSchema = z.strictObject({
  countersigned: z.optional(CountersignedSchema),
  serverTime: kit.instant,
});

/** POST /api/office-ticket (bearer token): a link that opens the office once, within a minute. */
export const OfficeTicketSchema = z.strictObject({ url: z.string() });

/**
 * POST /api/attempts (bearer token): moves money once. The attempt's id is the key, for ever: the same attempt again gets
 * the same answer and moves nothing; the same id with other fields is `attempt-conflict`. Refunds, voids and the
 * pre-authorisation set are attempts with a `purpose` and an `original`.
 */
export const AttemptRequestSchema = z.strictObject({
  contract: z.int(),
  attempt: AttemptSchema,
  /** What the customer reads in the wallet. */
  subject: kit.text(64),
  /** The scanned pay code. Used once, never stored. */
  code: z.optional(kit.branded<string>(/^\d{16,24}$/, 'a pay code')),
  card: z.optional(CardDataSchema),
});
export type AttemptRequest = z.infer<typeof AttemptRequestSchema>;

/** POST /api/attempts/query and /api/attempts/reverse (bearer token). Asking and undoing name nothing but the attempt. */
export const AttemptQuestionSchema = z.strictObject({
  contract: z.int(),
  attempt: AttemptSchema,
  /** Reverse only: why. `no-answer`, `operator`, `bad-mac`, `card-refused`, `window`. */
  reason: z.optional(kit.text(64)),
});
export type AttemptQuestion = z.infer<typeof AttemptQuestionSchema>;

/**
 * What is known of an attempt. Only `approved`, `declined`, `reversed` are definite. `waiting`: the customer types a password
 * or has not scanned yet; with the reason `refund-processing` the channel gives money back and is at it. `not-found`: the channel does not know it, and the request may still be on its way.
 * `reversed`: undone, or never booked and never will be (a tombstone refuses it from now on).
 */
export const AttemptAnswerSchema = z.strictObject({
  state: z.enum(['approved', 'declined', 'waiting', 'not-found', 'reversed', 'unknown']),
  /** Coded: the channel's own code in lower case, or ours. */
  reason: z.optional(kit.text(64)),
  approval: z.optional(ApprovalSchema),
  /** The text of the code to show, and until when. */
  code: z.optional(z.strictObject({ text: kit.text(512), expiresAt: kit.instant })),
  /** For the chip: response tags (8A, 91, 71, 72) as BER-TLV. Given with the first answer only. */
  emv: z.optional(hexText(512)),
});
export type AttemptAnswer = z.infer<typeof AttemptAnswerSchema>;

/** GET /api/rails (bearer token): what this shop can take, and how to wait for it. */
export const RailsSchema = z.strictObject({
  /** The hosts are sandboxes: no real money moves. The page says so plainly. */
  demo: z.boolean(),
  rails: z.array(RailSchema).check(z.maxLength(40)),
  codeTable: CodeTableSchema,
});
export type Rails = z.infer<typeof RailsSchema>;

/** POST /api/balance (bearer token): 余额查询. Moves nothing and is not journalled. */
export const BalanceRequestSchema = z.strictObject({ contract: z.int(), card: CardDataSchema });
export const BalanceResponseSchema = z.strictObject({ balance: kit.amount, currency: kit.currency });
