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

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: SERVER_PATHS }));
clientsClaim();

// A new version waits until the page says that no sale is open and no attempt unresolved: never by itself.
self.addEventListener('message', (message) => {
  if ((message.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
