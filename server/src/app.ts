import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { openGate } from './access/gate.ts';
import { accessLog } from './http/access-log.ts';
import type { AppContext, AppDeps, AppEnv } from './http/context.ts';
import { strictHeaders } from './http/headers.ts';
import { problemResponse, RefusalError } from './http/problem.ts';
import { StaticFiles } from './http/static-files.ts';
import { faultFields } from './log.ts';
import { mount } from './routes/api-routes.ts';
import { deviceRoutes } from './routes/device.ts';
import { enrolRoutes } from './routes/enrol.ts';
import { healthRoutes } from './routes/health.ts';
import { journalRoutes } from './routes/journal.ts';
import { officeApp } from './routes/office.ts';
import { paymentRoutes } from './routes/payments.ts';
import { receiptApp } from './routes/receipt.ts';
import { StorageBusyError, StorageFaultError } from './storage/sql.ts';

/** The whole server as a value: give it dependencies, call `request`. Opens no socket and starts no timer. */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const gate = openGate(deps.clock, deps.random);
  const files = new StaticFiles(deps.dist);
  const style = readFileSync(new URL('./pages/style.css', import.meta.url), 'utf8');
  app.use(accessLog(deps));
  app.use(strictHeaders());
  mount(app, [
    ...healthRoutes(deps, gate),
    ...enrolRoutes(deps, gate),
    ...journalRoutes(deps),
    ...deviceRoutes(deps, gate),
    ...paymentRoutes(deps, gate),
  ]);
  app.route('/office', officeApp(deps, gate, style));
  app.route('/r', receiptApp(deps, gate));
  app.get('*', (c) => page(c, files));
  app.notFound(() => problemResponse(new RefusalError('not-found').problem));
  app.onError((error, c) => refuse(error, c, deps));
  return app;
}

/** Paths that are never the page's own: an unknown one there is 404, not the till. */
const SERVER_PATHS = /^\/(api|office|r)(\/|$)/;

async function page(c: AppContext, files: StaticFiles): Promise<Response> {
  const { path } = c.req;
  if (SERVER_PATHS.test(path)) return problemResponse(new RefusalError('not-found').problem);
  const file = await files.serve(c, path);
  if (file !== undefined) return file;
  const isNavigation = /\btext\/html\b/.test(c.req.header('accept') ?? '') && !/\.[a-z0-9]+$/i.test(path);
  if (!isNavigation) return problemResponse(new RefusalError('not-found').problem);
  const index = await files.serve(c, '/');
  return (
    index ??
    c.text('The page has not been built yet: run `npm run build`, then reload.', 503, { 'retry-after': '5' })
  );
}

function refuse(error: Error, c: AppContext, { log, metrics }: AppDeps): Response {
  if (error instanceof RefusalError) return problemResponse(error.problem);
  const code = error instanceof StorageBusyError || isStorageFault(error) ? 'unavailable' : 'internal';
  metrics.add('xiaoji_faults_total', `code="${code}"`);
  log.error('fault', { requestId: c.get('requestId'), ...faultFields(error) });
  return problemResponse(new RefusalError(code).problem);
}

/** A full disk, a locked file, a lost connection: not our mistake, and worth trying again. */
const isStorageFault = (error: Error): boolean =>
  error instanceof StorageFaultError || ('code' in error && error.code === 'ERR_SQLITE_ERROR');
