import { type Problem, REFUSALS, type Refusal } from '../../../src/contract/api.ts';

const MESSAGES: Record<Refusal, string> = {
  'malformed-json': 'The body is not JSON.',
  'malformed-body': 'The body does not have the shape that this call takes.',
  'unsupported-contract': 'This server does not speak this version of the contract.',
  'code-unknown': 'No such code, or it has expired.',
  'code-spent': 'This code has been used.',
  'proof-invalid': 'The proof is not by the key that was sent.',
  unauthorised: 'A valid token is needed.',
  forbidden: 'Not allowed.',
  'not-found': 'There is nothing here.',
  'method-not-allowed': 'Not with this method.',
  'too-large': 'The body is too large.',
  'hash-mismatch': 'The hash is not of this entry: it was changed, or never whole.',
  'signature-invalid': 'The signature is not of this entry.',
  'unknown-key': 'No key of this till may sign this.',
  'broken-chain': 'The entry does not follow the one before it.',
  'sequence-gap': 'Entries between the head and this one are missing.',
  fork: 'Another entry stands in this place; this one is kept aside.',
  'training-entry': 'Training entries stay on the till.',
  'entry-invalid': 'The entry has no valid shape, or its figures do not agree.',
  'till-revoked': 'This till has been revoked.',
  'attempt-conflict': 'Another attempt has this id. Nothing was sent.',
  'attempt-tombstoned': 'This attempt was undone before it arrived. Nothing was sent.',
  'rail-unavailable': 'This shop has no such way of taking money. Nothing was sent.',
  'original-unknown': 'The payment it refers to is not known here. Nothing was sent.',
  'amount-beyond-original': 'More than was paid. Nothing was sent.',
  'callback-refused': 'The notice was refused.',
  'too-many-requests': 'Too many requests; try again later.',
  internal: 'The server made a mistake. Nothing was stored.',
  unavailable: 'The server cannot do this now. Nothing was stored; try again.',
};

/** A refusal that a route throws; the app turns it into the contract's Problem. Nothing may have been stored. */
export class RefusalError extends Error {
  readonly problem: Problem;
  constructor(code: Refusal, details: Omit<Problem, 'code' | 'message'> = {}) {
    super(code);
    this.name = 'RefusalError';
    this.problem = { code, message: MESSAGES[code], ...details };
  }
}

/** The answer for a refusal: its status, its body, and when to come back. */
export function problemResponse(problem: Problem): Response {
  const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' });
  const status = REFUSALS[problem.code];
  if (status === 429 || status === 503) headers.set('retry-after', status === 429 ? '10' : '2');
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(problem), { status, headers });
}
