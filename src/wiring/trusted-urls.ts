/**
 * The one Trusted Types policy of the page: which scripts may become a worker or the service worker. Everything else that
 * wants to turn a string into code is refused by the browser (CSP `require-trusted-types-for 'script'`).
 */
const ALLOWED =
  /^\/(sw\.js|assets\/[A-Za-z0-9_.-]+\.js|src\/(store\/worker\/journal-worker|devices\/inputs\/camera\/code-reader-worker)\.ts(\?[a-z0-9&_=.]*)?|dev-sw\.js(\?dev-sw)?)$/;

/** Typed here because TypeScript's DOM library does not know Trusted Types yet. */
interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

function check(url: string): string {
  const { origin, pathname, search } = new URL(url, location.href);
  if (origin !== location.origin || !ALLOWED.test(pathname + search))
    throw new TypeError(`not a script of ours: ${url}`);
  return url;
}

/** Makes the policy; call once. Browsers without Trusted Types get the same check without the brand. */
export function scriptUrls(): (url: string) => string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  if (factory === undefined) return check;
  const policy = factory.createPolicy('xiaoji-worker', { createScriptURL: check });
  return (url) => policy.createScriptURL(url);
}
