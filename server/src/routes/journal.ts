import * as z from 'zod/mini';
import { BATCH_BYTES_MAX, BATCH_ENTRIES_MAX, IngestRequestSchema } from '../../../src/contract/api.ts';
import { readJson } from '../http/body.ts';
import type { AppContext, AppDeps } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import { Ingest } from '../journal/ingest.ts';
import type { ApiRoute } from './api-routes.ts';
import { shaped } from './shaped.ts';

/** Most batches worked on at once: with their bodies in memory this is the server's largest appetite. */
const INGEST_IN_FLIGHT_MAX = 64;

/** The envelope as the contract has it; each entry is judged by itself, so that a refusal can say which one. */
const EnvelopeSchema = z.extend(IngestRequestSchema, { entries: z.array(z.unknown()).check(z.minLength(1)) });

/** POST /api/journal: entries of a till. Needs no token, as each entry is signed. */
export function journalRoutes(deps: AppDeps): readonly ApiRoute[] {
  const ingest = new Ingest(deps);
  let inFlight = 0;
  return [
    {
      method: 'POST',
      path: '/api/journal',
      handler: async (c) => {
        if (inFlight >= INGEST_IN_FLIGHT_MAX) throw new RefusalError('unavailable');
        inFlight += 1;
        try {
          return await take(c, deps, ingest);
        } finally {
          inFlight -= 1;
        }
      },
    },
  ];
}

async function take(c: AppContext, { metrics, log }: AppDeps, ingest: Ingest): Promise<Response> {
  const { merchant, till, entries } = shaped(EnvelopeSchema, await readJson(c, BATCH_BYTES_MAX));
  if (entries.length > BATCH_ENTRIES_MAX) throw new RefusalError('too-large');
  c.set('merchant', merchant);
  c.set('till', till);
  const outcome = await ingest.take({ merchant, till }, entries);
  if (outcome.ok) {
    metrics.add('xiaoji_entries_total', 'result="appended"', outcome.response.appended);
    metrics.add('xiaoji_entries_total', 'result="known"', outcome.response.known);
    return c.json(outcome.response);
  }
  const { code, ...details } = outcome.problem;
  metrics.add('xiaoji_batches_refused_total', `code="${code}"`);
  log.warn('batch-refused', { requestId: c.get('requestId'), merchant, till, code, at: details.at });
  throw new RefusalError(code, details);
}
