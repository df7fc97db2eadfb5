import type { BrowserContext } from '@playwright/test';
import type { RailOffer } from '../../src/domain/rails.ts';

/** Ends the wait for Alipay in seconds. The rails' own figures are tested where they are data (src/domain/rails.ts). */
const SHORT_WINDOW = {
  firstInquiryMs: 1_000,
  inquireEveryMs: 1_000,
  windowMs: 4_000,
  reverseEveryMs: 500,
  reverseLongestMs: 1_000,
  reversalsMax: 3,
};

type Handler = Parameters<BrowserContext['route']>[1];

/** The server's offer, with a short window for scanned codes of one wallet. The others are as shipped. */
export const shortenWindows: Handler = async (route) => {
  const response = await route.fetch();
  if (!response.ok()) return route.fulfill({ response });
  const told = (await response.json()) as { rails: RailOffer[] };
  const rails = told.rails.map((rail) =>
    rail.tender === 'alipay' && rail.method === 'customer-code'
      ? { ...rail, timings: { ...rail.timings, ...SHORT_WINDOW } }
      : rail,
  );
  await route.fulfill({ response, json: { ...told, rails } });
};
