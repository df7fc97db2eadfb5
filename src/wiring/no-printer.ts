import type { CounterPrinter } from './switched-printer.ts';

/** What flows hold until the drivers are loaded, and where this browser can store nothing. */
export const NO_PRINTER: CounterPrinter = {
  columns: 48,
  status: { link: 'absent', name: '', paper: 'unknown', cover: 'unknown', drawerPin: 'unknown', job: 'idle' },
  print: async () => ({ kind: 'failed', reason: 'no-printer' }),
  kick: async () => false,
  subscribe: () => () => undefined,
};
