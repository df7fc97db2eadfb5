import * as z from 'zod/mini';
import {
  BalanceResponseSchema,
  ChallengeSchema,
  CONTRACT_VERSION,
  type EnrolRequest,
  type EnrolResponse,
  EnrolResponseSchema,
  HeadResponseSchema,
  type IngestRequest,
  type IngestResponse,
  IngestResponseSchema,
  OfficeTicketSchema,
  type Problem,
  ProblemSchema,
  type Rails,
  RailsSchema,
  type Setup,
  SetupSchema,
  TokenResponseSchema,
} from '../contract/api.ts';
import type { CardData } from '../domain/card-data.ts';
import type { TillIdentity } from '../domain/journal.ts';

/** What came of a call. `unreachable`: no answer, or none of ours; the request may have been acted on all the same. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

/** Longest wait for an answer, ms. A batch on a slow link needs the most of it. */
export const ANSWER_DEADLINE_MS = 20_000;
/** A body from here on is sent gzipped: below it the header costs more than it saves. */
const GZIP_FROM_BYTES = 1_024;

export interface ServerClientPorts {
  readonly fetch: typeof fetch;
  /** Signs the UTF-8 bytes of a challenge with the till's key. */
  sign(text: string): Promise<string>;
  identity(): TillIdentity | undefined;
  now(): number;
}

/** The shop's server over HTTP. Never rejects: each ending is an answer. */
export class ServerClient {
  #token: { readonly value: string; readonly expiresAt: number } | undefined;
  readonly #ports: ServerClientPorts;

  constructor(ports: ServerClientPorts) {
    this.#ports = ports;
  }

  setup(): Promise<Answer<Setup>> {
    return this.#call(['GET', '/api/setup'], SetupSchema);
  }

  enrol(request: Omit<EnrolRequest, 'contract'>): Promise<Answer<EnrolResponse>> {
    return this.#call(['POST', '/api/enrol'], EnrolResponseSchema, {
      body: { contract: CONTRACT_VERSION, ...request },
    });
  }

  ingest(request: Omit<IngestRequest, 'contract'>): Promise<Answer<IngestResponse>> {
    return this.#call(['POST', '/api/journal'], IngestResponseSchema, {
      body: { contract: CONTRACT_VERSION, ...request },
    });
  }

  head(): Promise<Answer<z.infer<typeof HeadResponseSchema>>> {
    return this.#withToken((token) => this.#call(['GET', '/api/head'], HeadResponseSchema, { token }));
  }

  officeTicket(): Promise<Answer<z.infer<typeof OfficeTicketSchema>>> {
    return this.#withToken((token) =>
      this.#call(['POST', '/api/office-ticket'], OfficeTicketSchema, { token }),
    );
  }

  rails(): Promise<Answer<Rails>> {
    return this.#withToken((token) => this.#call(['GET', '/api/rails'], RailsSchema, { token }));
  }

  balance(card: CardData): Promise<Answer<z.infer<typeof BalanceResponseSchema>>> {
    return this.#withToken((token) =>
      this.#call(['POST', '/api/balance'], BalanceResponseSchema, {
        token,
        body: { contract: CONTRACT_VERSION, card },
      }),
    );
  }

  /** POSTs with the till's token. When `signal` ends the wait, nothing leaves any more. */
  post<T>(
    path: string,
    schema: z.ZodMiniType<T>,
    { body, signal }: { readonly body: object; readonly signal: AbortSignal },
  ): Promise<Answer<T>> {
    return this.#withToken((token) => this.#call(['POST', path], schema, { body, token, signal }));
  }

  async #withToken<T>(call: (token: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const first = await this.#freshToken();
    if (first.kind !== 'ok') return first;
    const answer = await call(first.value);
    if (answer.kind !== 'refused' || answer.status !== 401) return answer;
    this.#token = undefined; // The server was restarted, or its clock is not ours: win a new one, once.
    const second = await this.#freshToken();
    return second.kind === 'ok' ? call(second.value) : second;
  }

  async #freshToken(): Promise<Answer<string>> {
    if (this.#token !== undefined && this.#token.expiresAt > this.#ports.now())
      return { kind: 'ok', value: this.#token.value };
    const identity = this.#ports.identity();
    if (identity === undefined) return { kind: 'unreachable' };
    const challenge = await this.#call(['GET', '/api/challenge'], ChallengeSchema);
    if (challenge.kind !== 'ok') return challenge;
    const { nonce } = challenge.value;
    const { merchant, till, key } = identity;
    const body = { merchant, till, nonce, kid: key.kid, sig: await this.#ports.sign(nonce) };
    const answer = await this.#call(['POST', '/api/token'], TokenResponseSchema, { body });
    if (answer.kind !== 'ok') return answer;
    this.#token = { value: answer.value.token, expiresAt: answer.value.expiresAt };
    return { kind: 'ok', value: answer.value.token };
  }

  async #call<T>(
    [method, path]: readonly ['GET' | 'POST', string],
    schema: z.ZodMiniType<T>,
    { body, token, signal }: { body?: unknown; token?: string; signal?: AbortSignal } = {},
  ): Promise<Answer<T>> {
    const headers = new Headers({ accept: 'application/json' });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    try {
      const payload = body === undefined ? undefined : await encodeBody(JSON.stringify(body), headers);
      const response = await this.#ports.fetch(path, {
        method,
        headers,
        cache: 'no-store',
        credentials: 'omit',
        signal: signal ?? AbortSignal.timeout(ANSWER_DEADLINE_MS),
        ...(payload === undefined ? {} : { body: payload }),
      });
      return read(response, schema);
    } catch {
      return { kind: 'unreachable' };
    }
  }
}

async function encodeBody(text: string, headers: Headers): Promise<BodyInit> {
  headers.set('content-type', 'application/json');
  if (text.length < GZIP_FROM_BYTES) return text;
  headers.set('content-encoding', 'gzip');
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

async function read<T>(response: Response, schema: z.ZodMiniType<T>): Promise<Answer<T>> {
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const value = z.safeParse(schema, json);
    return value.success ? { kind: 'ok', value: value.data } : { kind: 'unreachable' };
  }
  const problem = z.safeParse(ProblemSchema, json);
  // A proxy's error page, a captive portal: not our server's word.
  return problem.success
    ? { kind: 'refused', status: response.status, problem: problem.data }
    : { kind: 'unreachable' };
}

/** What was answered, where why not does not matter. */
export const okOf = <T>(answer: Answer<T>): T | undefined =>
  answer.kind === 'ok' ? answer.value : undefined;
