import type { MiddlewareHandler } from 'hono';
import { type AppContext, type AppEnv, isHttps } from './context.ts';

/**
 * Trusted Types policies of the page: Lit's own, and one that lets exactly our worker and service-worker URLs pass.
 * The page must create the second under this name.
 */
const TRUSTED_TYPES = 'lit-html xiaoji-worker';

interface Allowances {
  /** Office pages post to themselves. */
  readonly forms?: boolean;
  /** Compiles WebAssembly. Never a page: one worker, which has this policy for itself (docs/adr/0026). */
  readonly wasm?: boolean;
}

/** What no page of ours may do, and what it may (reliability facts, section 4). */
export function contentSecurityPolicy({ forms = false, wasm = false }: Allowances = {}): string {
  return [
    "default-src 'none'",
    wasm ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    forms ? "form-action 'self'" : "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES}`,
    'report-uri /api/csp-report',
    'report-to csp',
  ].join('; ');
}

const OWN = ['usb', 'serial', 'hid', 'geolocation', 'camera', 'publickey-credentials-get'] as const;
/** Own too, because a till needs them: the screen stays on, fills a counter display, and speaks the amount. */
const OWN_COMFORT = ['screen-wake-lock', 'fullscreen', 'autoplay'] as const;
const NOBODY = [
  'accelerometer',
  'browsing-topics',
  'display-capture',
  'encrypted-media',
  'gyroscope',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'xr-spatial-tracking',
] as const;

const PERMISSIONS = [...OWN, ...OWN_COMFORT]
  .map((each) => `${each}=(self)`)
  .concat(NOBODY.map((each) => `${each}=()`));

const FIXED = {
  'permissions-policy': PERMISSIONS.join(', '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'reporting-endpoints': 'csp="/api/csp-report"',
} as const;

const APP_CSP = contentSecurityPolicy();
const OFFICE_CSP = contentSecurityPolicy({ forms: true });
const CODE_READER_CSP = contentSecurityPolicy({ wasm: true });

/** The built worker that reads codes in camera pictures, and the office's pages; everything else is the app's. */
function policyOf(path: string): string {
  if (/^\/assets\/code-reader-worker-[\w-]+\.js$/.test(path)) return CODE_READER_CSP;
  return /^\/office(\/|$)/.test(path) ? OFFICE_CSP : APP_CSP;
}
/** Two years, as browsers' preload lists want it. Sent only where the connection is encrypted. */
const HSTS = 'max-age=63072000; includeSubDomains; preload';

/**
 * Puts the strict headers on every answer, refusals included (reliability facts, appendix C). Never `Clear-Site-Data`:
 * it was measured to erase both copies of a till's journal.
 */
export function strictHeaders(): MiddlewareHandler<AppEnv> {
  return async (c: AppContext, next) => {
    await next();
    const { headers } = c.res;
    for (const [header, value] of Object.entries(FIXED)) headers.set(header, value);
    headers.set('content-security-policy', policyOf(c.req.path));
    if (isHttps(c)) headers.set('strict-transport-security', HSTS);
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}
