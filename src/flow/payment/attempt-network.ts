import type { AttemptAnswer, Refusal } from '../../contract/api.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { CardData } from '../../domain/card-data.ts';

/** What came of a call to the shop's server. Shaped as `remote/` answers, so that its client fits without a wrapper. */
export type NetworkAnswer =
  | { readonly kind: 'ok'; readonly value: AttemptAnswer }
  | { readonly kind: 'refused'; readonly problem: { readonly code: Refusal } }
  | { readonly kind: 'unreachable' };

export interface CallLimits {
  /** Longest wait for the answer, ms, everything before it included. */
  readonly answerMs: number;
  /** After it nothing may leave any more. */
  readonly signal?: AbortSignal;
}

export interface AttemptRequestData {
  readonly attempt: Attempt;
  /** What the customer reads in the wallet; 64 characters at most. */
  readonly subject: string;
  readonly code?: string;
  readonly card?: CardData;
}

/** The way to whoever moves electronic money. No method rejects, and none repeats a call by itself after an answer. */
export interface AttemptNetwork {
  attempt(request: AttemptRequestData, limits: CallLimits): Promise<NetworkAnswer>;
  query(attempt: Attempt, limits: CallLimits): Promise<NetworkAnswer>;
  reverse(attempt: Attempt, reason: string, limits: CallLimits): Promise<NetworkAnswer>;
}
