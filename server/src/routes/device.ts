import type * as z from 'zod/mini';
import {
  type HeadResponseSchema,
  TokenRequestSchema,
  type TokenResponseSchema,
} from '../../../src/contract/api.ts';
import { importPublicKey, verifyBytes } from '../../../src/domain/chain.ts';
import { bearer } from '../access/bearer.ts';
import { liveKey } from '../access/enrolment.ts';
import { type Gate, TOKEN_LIFETIME_MS } from '../access/gate.ts';
import { readShape } from '../http/body.ts';
import type { AppContext, AppDeps } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import { countersign } from '../journal/countersign.ts';
import { headOfTill, setSeen } from '../storage/journal.ts';
import type { ApiRoute } from './api-routes.ts';

/** Challenge, token, head, office ticket: what a till does with its key besides signing entries. */
export function deviceRoutes(deps: AppDeps, gate: Gate): readonly ApiRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/challenge',
      handler: (c) => {
        gate.limit(c, 'challenge');
        return c.json({ nonce: gate.nonces.issue(true) });
      },
    },
    { method: 'POST', path: '/api/token', handler: (c) => giveToken(c, deps, gate) },
    { method: 'GET', path: '/api/head', handler: (c) => giveHead(c, deps, gate) },
    {
      method: 'POST',
      path: '/api/office-ticket',
      handler: (c) => {
        const { merchant } = bearer(c, gate);
        const ticket = gate.tickets.issue(merchant);
        return c.json({ url: `/office?ticket=${ticket}` });
      },
    },
  ];
}

async function giveToken(c: AppContext, { database, clock }: AppDeps, gate: Gate): Promise<Response> {
  gate.limit(c, 'challenge');
  const { merchant, till, nonce, kid, sig } = await readShape(c, TokenRequestSchema);
  if (gate.nonces.take(nonce) === undefined) throw new RefusalError('unauthorised');
  const key = await database.read((sql) => liveKey(sql, merchant, till, kid));
  if (key === undefined) throw new RefusalError('unauthorised');
  const isSigned = await verifyBytes(
    key.alg,
    await importPublicKey(key),
    sig,
    new TextEncoder().encode(nonce),
  );
  if (!isSigned) throw new RefusalError('unauthorised');
  c.set('merchant', merchant);
  c.set('till', till);
  const response: z.infer<typeof TokenResponseSchema> = {
    token: gate.tokens.issue({ merchant, till }),
    expiresAt: clock.now() + TOKEN_LIFETIME_MS,
  };
  return c.json(response);
}

async function giveHead(c: AppContext, { database, signer, clock }: AppDeps, gate: Gate): Promise<Response> {
  const place = bearer(c, gate);
  const now = clock.now();
  const head = await database.transaction(async (sql) => {
    await setSeen(sql, place, now);
    return headOfTill(sql, place.merchant, place.till);
  });
  const response: z.infer<typeof HeadResponseSchema> = {
    ...(head === undefined ? {} : { countersigned: await countersign(signer, place, head, now) }),
    serverTime: now,
  };
  return c.json(response);
}
