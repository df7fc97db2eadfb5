/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Paths the server answers itself, network only: the API, the office, e-receipts. */
const SERVER_PATHS = [/^\/api\//, /^\/office([/?]|$)/, /^\/r\//];

/** The reader of camera pictures: half a megabyte that only a browser without one of its own needs (docs/adr/0026). */
const CODE_READER = /^\/assets\/(code-reader-worker|zxing_reader)-[\w-]+\.(js|wasm)$/;
const CODE_READER_CACHE = 'code-reader';
/** Files of this version and of the one before, which may still run. */
const CODE_READER_FILES_MAX = 4;

/** Fetched when the camera is first used, and kept from then on: their names change with their contents. */
async function codeReader(request: Request): Promise<Response> {
  const cache = await caches.open(CODE_READER_CACHE);
  const kept = await cache.match(request.url);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (!answer.ok) return answer;
  await cache.put(request.url, answer.clone());
  const files = await cache.keys();
  await Promise.all(files.slice(0, -CODE_READER_FILES_MAX).map((oldest) => cache.delete(oldest)));
  return answer;
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: SERVER_PATHS }));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && CODE_READER.test(url.pathname),
  ({ request }) => codeReader(request),
);
clientsClaim();

// A new version waits until the page says that no sale is open and no attempt unresolved: never by itself.
self.addEventListener('message', (message) => {
  if ((message.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
