import { CONTRACT_VERSION, EnrolRequestSchema, type Setup } from '../../../src/contract/api.ts';
import { currentSetupCode, enrol } from '../access/enrolment.ts';
import type { Gate } from '../access/gate.ts';
import { readJson, SMALL_BODY_MAX } from '../http/body.ts';
import { type AppDeps, isSameMachine } from '../http/context.ts';
import type { ApiRoute } from './api-routes.ts';
import { shaped } from './shaped.ts';

/** GET /api/setup and POST /api/enrol: how a page becomes a till of this server. */
export function enrolRoutes(deps: AppDeps, gate: Gate): readonly ApiRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/setup',
      handler: async (c) => {
        const code = await currentSetupCode(deps.database, deps.random);
        const setup: Setup = {
          contract: CONTRACT_VERSION,
          fresh: code !== undefined,
          ...(code !== undefined && isSameMachine(c) ? { code } : {}),
          serverTime: deps.clock.now(),
        };
        return c.json(setup);
      },
    },
    {
      method: 'POST',
      path: '/api/enrol',
      handler: async (c) => {
        gate.limit(c, 'enrol');
        const request = shaped(EnrolRequestSchema, await readJson(c, SMALL_BODY_MAX));
        const response = await enrol(deps, request);
        c.set('merchant', response.merchant);
        c.set('till', response.till);
        deps.metrics.add('xiaoji_enrolments_total');
        return c.json(response);
      },
    },
  ];
}
