import type { AttemptAnswer } from '../contract/api.ts';
import { AttemptAnswerSchema, CONTRACT_VERSION } from '../contract/api.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { CardData } from '../domain/card-data.ts';
import type { Answer, ServerClient } from './server-client.ts';

interface Limits {
  /** Longest wait for the answer, ms, winning a token included. */
  readonly answerMs: number;
  readonly signal?: AbortSignal;
}

/** Money over HTTP: charges, questions and undo requests. Never rejects; what is not our server's word is `unreachable`. */
export class AttemptsClient {
  readonly #server: Pick<ServerClient, 'post'>;

  constructor(server: Pick<ServerClient, 'post'>) {
    this.#server = server;
  }

  /** Moves money once for the attempt's id, for ever: the same attempt again gets the same answer. */
  attempt(
    request: {
      readonly attempt: Attempt;
      readonly subject: string;
      readonly code?: string;
      readonly card?: CardData;
    },
    limits: Limits,
  ): Promise<Answer<AttemptAnswer>> {
    return this.#post('/api/attempts', request, limits);
  }

  query(attempt: Attempt, limits: Limits): Promise<Answer<AttemptAnswer>> {
    return this.#post('/api/attempts/query', { attempt }, limits);
  }

  reverse(attempt: Attempt, reason: string, limits: Limits): Promise<Answer<AttemptAnswer>> {
    return this.#post('/api/attempts/reverse', { attempt, reason }, limits);
  }

  /** The wait ends with the deadline even while a token is being won; the request itself can then not leave any more. */
  #post(path: string, body: object, { answerMs, signal }: Limits): Promise<Answer<AttemptAnswer>> {
    const deadline = AbortSignal.timeout(answerMs);
    const over = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    if (over.aborted) return Promise.resolve({ kind: 'unreachable' });
    return new Promise((resolve) => {
      over.addEventListener('abort', () => resolve({ kind: 'unreachable' }), { once: true });
      this.#server
        .post(path, AttemptAnswerSchema, { body: { contract: CONTRACT_VERSION, ...body }, signal: over })
        .then(resolve, () => resolve({ kind: 'unreachable' }));
    });
  }
}
