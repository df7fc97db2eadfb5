import * as z from 'zod/mini';
import { bodyBytes } from '../shared/fetch-bytes.ts';
import { withSignal } from '../shared/with-signal.ts';
import type { UnionpayQrConfig, UnionpayQrDeps } from './config.ts';
import { answerMac, isFresh, requestMac, sameMac } from './signatures.ts';

/** Largest answer that is read: a day's statement of a shop. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const NONCE_BYTES = 16;

const AnswerSchema = z.looseObject({ code: z.string() });

/** A signed answer, or why there is none. */
export type QrAnswer =
  | { readonly code: string; readonly body: unknown }
  | { readonly fault: 'no-answer' | 'bad-signature' | 'malformed-answer' };

export interface QrClient {
  readonly key: Buffer;
  /** One signed request. Never rejects. */
  call(path: string, content: object, signal: AbortSignal): Promise<QrAnswer>;
}

/** Throws RangeError when the key is not 64 hex digits. */
export function createClient(config: UnionpayQrConfig, deps: UnionpayQrDeps): QrClient {
  if (!/^[0-9a-f]{64}$/i.test(config.key))
    throw new RangeError('the key of unionpay-qr is not 64 hex digits');
  const key = Buffer.from(config.key, 'hex');
  const send = deps.fetch ?? globalThis.fetch;
  return {
    key,
    async call(path, content, signal) {
      const body = JSON.stringify(content);
      const nonce = Buffer.from(deps.random.bytes(NONCE_BYTES)).toString('hex');
      const timestamp = String(Math.floor(deps.clock.now() / 1000));
      try {
        const sending = send(new URL(path, config.origin), {
          method: 'POST',
          body,
          signal,
          redirect: 'error',
          headers: {
            'content-type': 'application/json',
            'x-merchant': config.merchantId,
            'x-timestamp': timestamp,
            'x-nonce': nonce,
            'x-signature': requestMac(key, path, { timestamp, nonce, body }),
          },
        });
        const response = await withSignal(sending, signal);
        const bytes = await withSignal(bodyBytes(response, ANSWER_BYTES_MAX), signal);
        if (bytes === undefined) return { fault: 'malformed-answer' };
        const text = new TextDecoder().decode(bytes);
        const stamp = {
          timestamp: response.headers.get('x-timestamp') ?? '',
          nonce: response.headers.get('x-nonce') ?? '',
          body: text,
        };
        const given = response.headers.get('x-signature') ?? '';
        if (!sameMac(answerMac(key, nonce, stamp), given) || !isFresh(stamp.timestamp, deps.clock.now()))
          return { fault: 'bad-signature' };
        return answerOf(text);
      } catch {
        return { fault: 'no-answer' };
      }
    },
  };
}

function answerOf(text: string): QrAnswer {
  try {
    const said = z.safeParse(AnswerSchema, JSON.parse(text));
    return said.success ? { code: said.data.code, body: said.data } : { fault: 'malformed-answer' };
  } catch {
    return { fault: 'malformed-answer' };
  }
}
