import type { KeyObject } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { withSignal } from '../shared/with-signal.ts';
import { WECHATPAY_ORIGIN, type WechatpayConfig, type WechatpayDeps } from './config.ts';
import { platformKeys, signatureFault } from './signatures.ts';

/** Largest answer and largest bill that are read. */
const ANSWER_BYTES_MAX = 1024 * 1024;
const BILL_BYTES_MAX = 64 * 1024 * 1024;
const NONCE_BYTES = 16;

/** A signed answer, or why there is none. `status` 204 has no body. */
export type WechatAnswer =
  | { readonly status: number; readonly body: unknown }
  | { readonly fault: 'no-answer' | 'bad-signature' | 'malformed-answer' };

export interface WechatRequest {
  readonly method: 'get' | 'post';
  /** From `/v3/` on, or an absolute address of the same origin. */
  readonly url: string;
  readonly data?: object;
  readonly signal: AbortSignal;
}

export interface WechatClient {
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** One signed request. Never rejects. */
  call(request: WechatRequest): Promise<WechatAnswer>;
  /** The bytes of a bill. Its answer is not signed: the caller compares the hash. Never rejects. */
  download(url: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  stop(): void;
}

/** An answer that WeChat Pay did not sign. */
class Unsigned extends Error {}

type Library = typeof import('wechatpay-axios-plugin');

/** What the two hooks see of a request. */
interface Outgoing {
  readonly url?: string;
  readonly baseURL?: string;
  readonly method?: string;
  readonly data?: unknown;
  readonly headers: { set(name: string, value: string): unknown };
  readonly privateKey: KeyObject;
  readonly mchid: string;
  readonly serial: string;
}
interface Received {
  readonly status: number;
  readonly data: unknown;
}

interface IncomingHeaders {
  get(name: string): unknown;
}

/**
 * The library's own client with two hooks replaced: time and nonce come from outside, and *every* answer is verified. The library
 * verifies 2xx only, so a forged 4xx could decline a payment that went through.
 */
function verifyingDecorator(library: Library, deps: WechatpayDeps, keys: ReadonlyMap<string, KeyObject>) {
  const { Decorator, Formatter, Rsa } = library;
  return class VerifyingDecorator extends Decorator {
    static override requestInterceptor() {
      return <T extends Outgoing>(request: T): T => {
        const url = new URL(request.url ?? '', request.baseURL);
        const timestamp = Math.floor(deps.clock.now() / 1000);
        const nonce = Buffer.from(deps.random.bytes(NONCE_BYTES)).toString('hex').toUpperCase();
        const body = request.data === undefined ? '' : JSON.stringify(request.data);
        const path = `${url.pathname}${url.search}`;
        const text = [(request.method ?? 'get').toUpperCase(), path, timestamp, nonce, body, ''].join('\n');
        const signature = Rsa.sign(text, request.privateKey);
        request.headers.set(
          'Authorization',
          Formatter.authorization(request.mchid, nonce, signature, timestamp, request.serial),
        );
        return request;
      };
    }

    static override responseVerifier() {
      return function verifier(this: { responseType?: string }, data: unknown, headers: IncomingHeaders) {
        if (this.responseType === 'arraybuffer') return data;
        const header = (name: string) => {
          const value = headers.get(name);
          return typeof value === 'string' ? value : undefined;
        };
        const fault = signatureFault(
          {
            timestamp: header('wechatpay-timestamp'),
            nonce: header('wechatpay-nonce'),
            serial: header('wechatpay-serial'),
            signature: header('wechatpay-signature'),
            body: typeof data === 'string' ? data : '',
          },
          keys,
          deps.clock,
        );
        if (fault !== undefined) throw new Unsigned(fault);
        return data;
      };
    }
  };
}

/** Over sockets the library gives a buffer, over `fetch` an array buffer. */
function bytesOf(data: unknown): Uint8Array | undefined {
  if (data instanceof Uint8Array) return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : undefined;
}

/** Loads the library and makes the client. Throws when a key cannot be read. */
export async function createClient(config: WechatpayConfig, deps: WechatpayDeps): Promise<WechatClient> {
  const keys = platformKeys(config.platformKeys);
  const VerifyingDecorator = verifyingDecorator(await import('wechatpay-axios-plugin'), deps, keys);
  const httpAgent = new HttpAgent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  const client = new VerifyingDecorator({
    mchid: config.merchantId,
    serial: config.merchantSerial,
    privateKey: config.privateKey,
    certs: { ...config.platformKeys },
    baseURL: config.origin ?? WECHATPAY_ORIGIN,
    httpAgent,
    httpsAgent,
    maxRedirects: 0,
    maxContentLength: ANSWER_BYTES_MAX,
    validateStatus: () => true,
    ...(deps.fetch === undefined ? {} : { adapter: 'fetch', env: { fetch: deps.fetch } }),
  });

  return {
    keys,
    async call({ method, url, data, signal }) {
      try {
        const work = Promise.resolve(client.request(url, method, data, { signal }));
        const answer: Received = await withSignal(work, signal);
        if (answer.status === 204) return { status: 204, body: undefined };
        return typeof answer.data === 'object' && answer.data !== null
          ? { status: answer.status, body: answer.data }
          : { fault: 'malformed-answer' };
      } catch (error) {
        return { fault: error instanceof Unsigned ? 'bad-signature' : 'no-answer' };
      }
    },
    async download(url, signal) {
      try {
        const options = { signal, responseType: 'arraybuffer', maxContentLength: BILL_BYTES_MAX } as const;
        const work = Promise.resolve(client.request(url, 'get', undefined, options));
        const answer: Received = await withSignal(work, signal);
        return answer.status === 200 ? bytesOf(answer.data) : undefined;
      } catch {
        return undefined;
      }
    },
    stop() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
