import type * as z from 'zod/mini';
import {
  AttemptQuestionSchema,
  AttemptRequestSchema,
  BalanceRequestSchema,
  type BalanceResponseSchema,
} from '../../../src/contract/api.ts';
import { bearer } from '../access/bearer.ts';
import type { Gate } from '../access/gate.ts';
import { readBytes, readJson, SMALL_BODY_MAX } from '../http/body.ts';
import type { AppContext, AppDeps } from '../http/context.ts';
import { problemResponse, RefusalError } from '../http/problem.ts';
import type { ApiRoute } from './api-routes.ts';
import { shaped } from './shaped.ts';

/** Largest callback, bytes: the wallets' own are below 10 kB. */
const NOTICE_BODY_MAX = 64 * 1024;

/** Moving money, asking after it, undoing it; what the shop can take; and the callbacks of the channels. */
export function paymentRoutes({ payments }: AppDeps, gate: Gate): readonly ApiRoute[] {
  const read = async <T>(c: AppContext, schema: z.ZodMiniType<T>): Promise<T> =>
    shaped(schema, await readJson(c, SMALL_BODY_MAX));
  return [
    {
      method: 'POST',
      path: '/api/attempts',
      handler: async (c) => {
        const place = bearer(c, gate);
        return c.json(await payments.post(place, await read(c, AttemptRequestSchema)));
      },
    },
    {
      method: 'POST',
      path: '/api/attempts/query',
      handler: async (c) => {
        const place = bearer(c, gate);
        return c.json(await payments.query(place, await read(c, AttemptQuestionSchema)));
      },
    },
    {
      method: 'POST',
      path: '/api/attempts/reverse',
      handler: async (c) => {
        const place = bearer(c, gate);
        return c.json(await payments.reverse(place, await read(c, AttemptQuestionSchema)));
      },
    },
    {
      method: 'GET',
      path: '/api/rails',
      handler: async (c) => c.json(await payments.rails(bearer(c, gate).merchant)),
    },
    {
      method: 'POST',
      path: '/api/balance',
      handler: async (c) => {
        const place = bearer(c, gate);
        const { card } = await read(c, BalanceRequestSchema);
        const response: z.infer<typeof BalanceResponseSchema> = await payments.balance(place, card);
        return c.json(response);
      },
    },
    {
      method: 'POST',
      path: '/api/notify/:acquirer/:merchant',
      handler: async (c) => {
        gate.limit(c, 'notice');
        const body = new TextDecoder().decode(await readBytes(c, NOTICE_BODY_MAX));
        const { end, reply } = await payments.notify({
          acquirer: c.req.param('acquirer') ?? '',
          merchant: c.req.param('merchant') ?? '',
          headers: Object.fromEntries(c.req.raw.headers),
          body,
        });
        if (reply !== undefined)
          return new Response(reply.body, {
            status: reply.status,
            headers: { 'content-type': reply.contentType },
          });
        if (end === 'refused') return problemResponse(new RefusalError('callback-refused').problem);
        if (end === 'no-such-channel' || end === 'unknown-order') throw new RefusalError('not-found');
        return new Response(null, { status: 204 });
      },
    },
  ];
}
