import type { Handler, Hono } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { problemResponse, RefusalError } from '../http/problem.ts';

export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly handler: Handler<AppEnv>;
}

/** Mounts routes so that a known path with another method is 405 with `Allow`, not 404. */
export function mount(app: Hono<AppEnv>, routes: readonly ApiRoute[]): void {
  for (const { method, path, handler } of routes) app.on(method, path, handler);
  for (const path of new Set(routes.map((route) => route.path))) {
    const allow = routes.filter((route) => route.path === path).map((route) => route.method);
    app.all(path, () => {
      const response = problemResponse(new RefusalError('method-not-allowed').problem);
      response.headers.set('allow', allow.join(', '));
      return response;
    });
  }
}
