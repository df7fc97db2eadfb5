import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { fetchBytes } from '../shared/fetch-bytes.ts';
import { beijingText } from '../shared/shop-time.ts';
import { ALIPAY_GATEWAY, type AlipayConfig, type AlipayDeps } from './config.ts';

/** Largest answer that is read. */
const ANSWER_BYTES_MAX = 1024 * 1024;

/** What the gateway wants in the address; the rest goes into the body. */
const IN_BODY = new Set(['biz_content']);

/** A signed answer (its keys as Alipay writes them), or why there is none. */
export type AlipayAnswer =
  | { readonly body: Readonly<Record<string, unknown>> }
  | { readonly fault: 'no-answer' | 'bad-signature' | 'malformed-answer' }
  /** The gateway refuses the call as such (our keys, our clock, an app that is shut), mostly without a signature: it decides nothing. */
  | { readonly fault: 'gateway-error'; readonly code: string };

export interface AlipayClient {
  /** One signed call. Never rejects. */
  call(
    method: string,
    content: object,
    signal: AbortSignal,
    options?: { notify: boolean },
  ): Promise<AlipayAnswer>;
  /** Whether Alipay signed these callback fields. */
  signedByAlipay(fields: Readonly<Record<string, string>>): boolean;
}

/**
 * Loads the library and makes the client: the library signs and verifies, the request is sent here. The library's own sending
 * repeats a request whose connection broke, takes no signal and reads without a bound. Throws when a key cannot be read.
 */
export async function createClient(config: AlipayConfig, deps: AlipayDeps): Promise<AlipayClient> {
  const { AlipaySdk } = await import('alipay-sdk');
  const sdk = new AlipaySdk({
    appId: config.appId,
    privateKey: pemOf(keyOf(config.privateKey, 'private'), 'pkcs1'),
    alipayPublicKey: pemOf(keyOf(config.alipayPublicKey, 'public'), 'spki'),
    camelcase: false,
  });
  const gateway = config.gateway ?? ALIPAY_GATEWAY;
  const isSigned = (text: string, sign: string): boolean => {
    try {
      return sdk.rsaCheck(text, sign, 'RSA2');
    } catch {
      return false;
    }
  };

  return {
    async call(method, content, signal, options = { notify: false }) {
      const fields = {
        bizContent: content,
        // The library would send this machine's local time; Alipay reads Beijing's.
        timestamp: beijingText(deps.clock.now()),
        ...(options.notify ? { notify_url: config.notifyUrl } : {}),
      };
      const signed = new URLSearchParams(sdk.sdkExecute(method, fields, { bizContentAutoSnakeCase: false }));
      const body = new URLSearchParams([...signed].filter(([name]) => IN_BODY.has(name)));
      const url = new URL(gateway);
      for (const [name, value] of signed) if (!IN_BODY.has(name)) url.searchParams.set(name, value);
      const said = await fetchBytes({
        url,
        init: { method: 'POST', body },
        signal,
        bytesMax: ANSWER_BYTES_MAX,
        ...(deps.fetch === undefined ? {} : { fetch: deps.fetch }),
      });
      if (said === undefined) return { fault: 'no-answer' };
      const raw = new TextDecoder().decode(said);
      return signedAnswer(raw, `${method.replaceAll('.', '_')}_response`, {
        signedPart: (key) => sdk.getSignStr(raw, key),
        isSigned,
      });
    },
    signedByAlipay: (fields) => {
      try {
        // Said by us, not by the callback: it could ask for SHA-1.
        return sdk.checkNotifySignV2({ ...fields, sign_type: 'RSA2' });
      } catch {
        return false;
      }
    },
  };
}

interface Checks {
  signedPart(key: string): string;
  isSigned(text: string, sign: string): boolean;
}

/**
 * What was signed is what is read: the signature covers a part of the text, and a second key of the same name behind it would win in a
 * parse of the whole.
 */
function signedAnswer(raw: string, key: string, checks: Checks): AlipayAnswer {
  const whole = objectOf(raw);
  if (whole === undefined || !(key in whole || 'error_response' in whole))
    return { fault: 'malformed-answer' };
  if (!(key in whole)) return { fault: 'gateway-error', code: gatewayError(whole['error_response']) };
  const { sign } = whole;
  const part = checks.signedPart(key);
  if (typeof sign !== 'string' || !checks.isSigned(part, sign)) return { fault: 'bad-signature' };
  const body = objectOf(part);
  return body === undefined ? { fault: 'malformed-answer' } : { body };
}

const ErrorResponseSchema = z.object({ code: z.string(), sub_code: z.optional(z.string()) });

function gatewayError(said: unknown): string {
  const { data } = z.safeParse(ErrorResponseSchema, said);
  return data?.sub_code ?? data?.code ?? 'unnamed';
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

/** Alipay hands keys out as bare base64; files hold PEM. */
function keyOf(text: string, kind: 'private' | 'public'): KeyObject {
  if (text.includes('-----BEGIN')) return kind === 'private' ? createPrivateKey(text) : createPublicKey(text);
  const der = Buffer.from(text, 'base64');
  if (kind === 'public') return createPublicKey({ key: der, format: 'der', type: 'spki' });
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' });
  }
}

const pemOf = (key: KeyObject, type: 'pkcs1' | 'spki'): string =>
  key.export({ type, format: 'pem' }).toString();
