import * as z from 'zod/mini';
import type { Gate } from '../access/gate.ts';
import { readBytes, SMALL_BODY_MAX } from '../http/body.ts';
import type { AppDeps } from '../http/context.ts';
import type { Sql } from '../storage/sql.ts';
import { one } from '../storage/sql.ts';
import type { ApiRoute } from './api-routes.ts';

/** What of a browser's report is worth knowing, in both forms that browsers send. Everything else is dropped unread. */
const Directive = z.string().check(z.regex(/^[a-z-]{1,40}$/));
const ReportSchema = z.union([
  z.object({ 'csp-report': z.object({ 'effective-directive': Directive }) }),
  z.object({ 'csp-report': z.object({ 'violated-directive': Directive }) }),
  z.array(z.object({ body: z.object({ effectiveDirective: Directive }) })).check(z.minLength(1)),
]);

/** GET /api/health, GET /api/metrics, POST /api/csp-report: for whoever looks after the server. */
export function healthRoutes(deps: AppDeps, gate: Gate): readonly ApiRoute[] {
  const { database, metrics, log, clock } = deps;
  return [
    {
      method: 'GET',
      path: '/api/health',
      handler: async (c) => {
        await database.read((sql) => sql.all('SELECT 1'));
        return c.json({ ok: true, serverTime: clock.now() });
      },
    },
    {
      method: 'GET',
      path: '/api/metrics',
      handler: async (c) => {
        c.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
        return c.body(metrics.render(await database.read(gauges)));
      },
    },
    {
      method: 'POST',
      path: '/api/csp-report',
      handler: async (c) => {
        gate.limit(c, 'report');
        const directive = directiveOf(await readBytes(c, SMALL_BODY_MAX));
        metrics.add('xiaoji_csp_reports_total');
        log.warn('csp-report', { requestId: c.get('requestId'), directive });
        return c.body(null, 204);
      },
    },
  ];
}

function directiveOf(bytes: Uint8Array): string {
  try {
    const report = z.safeParse(ReportSchema, JSON.parse(new TextDecoder().decode(bytes)));
    if (!report.success) return 'unreadable';
    if (Array.isArray(report.data)) return report.data[0]?.body.effectiveDirective ?? 'unreadable';
    const body = report.data['csp-report'];
    return 'effective-directive' in body ? body['effective-directive'] : body['violated-directive'];
  } catch {
    return 'unreadable'; // Whatever it was, it is counted; there is nobody to tell.
  }
}

async function gauges(sql: Sql): Promise<Readonly<Record<string, number>>> {
  const count = async (table: 'merchant' | 'till' | 'quarantine' | 'alarm') =>
    (await one<{ n: number }>(sql, `SELECT COUNT(*) AS n FROM ${table}`, []))?.n ?? 0;
  return {
    xiaoji_shops: await count('merchant'),
    xiaoji_tills: await count('till'),
    xiaoji_quarantined_entries: await count('quarantine'),
    xiaoji_alarms: await count('alarm'),
  };
}
