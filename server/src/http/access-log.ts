import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { hex } from '../../../src/domain/ids.ts';
import type { AppDeps, AppEnv } from './context.ts';

/** A line for each request: id, route pattern (never the path: it may carry a receipt's token), status, milliseconds. */
export function accessLog({ clock, random, log, metrics }: AppDeps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const requestId = hex(random.bytes(8));
    c.set('requestId', requestId);
    const began = clock.mono();
    await next();
    c.res.headers.set('x-request-id', requestId);
    const { status } = c.res;
    metrics.add('xiaoji_requests_total', `status="${status}"`);
    log[status >= 500 ? 'error' : 'info']('request', {
      requestId,
      method: METHODS.has(c.req.method) ? c.req.method : 'other',
      route: routePath(c),
      status,
      ms: Math.round((clock.mono() - began) * 10) / 10,
      merchant: c.get('merchant'),
      till: c.get('till'),
    });
  };
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
