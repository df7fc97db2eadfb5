import type { AppContext } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import type { TillPlace } from '../storage/journal.ts';
import type { Gate } from './gate.ts';

/** The till behind the bearer token. Throws RefusalError `unauthorised`. */
export function bearer(c: AppContext, gate: Gate): TillPlace {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(c.req.header('authorization') ?? '')?.[1];
  const place = token === undefined ? undefined : gate.tokens.look(token);
  if (place === undefined) throw new RefusalError('unauthorised');
  c.set('merchant', place.merchant);
  c.set('till', place.till);
  return place;
}
