import * as z from 'zod/mini';
import { holdsCardNumber } from '../card-scan/card-scan.ts';

/** The JSON inside ECRHub packets (developer.codepay.us, USB mode API list; facts: devices 3.6). */

export type EcrHubTopic =
  | 'ecrhub.init'
  | 'ecrhub.pair'
  | 'ecrhub.pay.order'
  | 'ecrhub.pay.query'
  | 'ecrhub.pay.close';

export interface EcrHubRequest {
  readonly topic: EcrHubTopic;
  /** Never the same twice: the reply carries it. */
  readonly requestId: string;
  readonly appId: string;
  /** Ms since 1970 as digits. */
  readonly timestamp?: string;
  readonly biz: Readonly<Record<string, string | number | boolean>>;
}

/** `trans_type` of an order. The vendor's documents write it as text. */
export const ECRHUB_TRANS_TYPES = {
  sale: '1',
  void: '2',
  refund: '3',
  authorisation: '4',
  'authorisation-cancel': '5',
  completion: '6',
  'completion-cancel': '7',
} as const;

/** `trans_status`: 9 and 0 are under way; 1 failed and 3 cancelled mean that the shop has no money of it. */
export const ECRHUB_STATUS = {
  preorder: '9',
  created: '0',
  closed: '1',
  completed: '2',
  cancelled: '3',
} as const;

export const ECRHUB_OK = '000';
/** "The transaction does not exist": the one code that says so and nothing else (from an integrator's tests, not the vendor's list). */
export const ECRHUB_UNKNOWN_ORDER = 'ET003';

export function encodeEcrHubRequest(request: EcrHubRequest): Uint8Array<ArrayBuffer> {
  const { topic, requestId, appId, timestamp, biz } = request;
  return new TextEncoder().encode(
    JSON.stringify({
      topic,
      request_id: requestId,
      ...(timestamp === undefined ? {} : { timestamp }),
      version: '1.0',
      app_id: appId,
      biz_data: biz,
    }),
  );
}

const scalar = z.pipe(
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
  z.transform((value: string | number | boolean | null) => (value === null ? '' : String(value))),
);
const ReplySchema = z.object({
  topic: z.optional(z.string()),
  request_id: z.optional(scalar),
  response_code: z.optional(scalar),
  biz_data: z.optional(z.union([z.record(z.string(), z.unknown()), z.null()])),
});

export interface EcrHubReply {
  readonly topic: string;
  readonly requestId: string;
  /** `000` is good. Empty when the terminal says none. */
  readonly code: string;
  /** Scalars of `biz_data` as text. Whatever is nested is left out. */
  readonly biz: Readonly<Record<string, string>>;
}

/** Terminals mask the account. One that does not is masked here, before anybody keeps it. */
function withoutCard(text: string): string {
  if (!holdsCardNumber(text)) return text;
  return /^\d{13,19}$/.test(text) ? `${text.slice(0, 6)}****${text.slice(-4)}` : '****';
}

/** The reply in a packet's data, with any card number masked; undefined when it is none. Never throws. */
export function decodeEcrHubReply(data: Uint8Array): EcrHubReply | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
  const reply = ReplySchema.safeParse(json);
  if (!reply.success) return undefined;
  const { topic, request_id: requestId, response_code: code, biz_data: biz } = reply.data;
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(biz ?? {})) {
    const text = scalar.safeParse(value);
    if (text.success) texts[name] = withoutCard(text.data);
  }
  return { topic: topic ?? '', requestId: requestId ?? '', code: code ?? '', biz: texts };
}
