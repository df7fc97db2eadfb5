import { JournalError } from '../../domain/journal.ts';
import type { FromWorker, Refusal, Request, ToWorker } from '../protocol.ts';
import { troubleOf } from '../trouble.ts';
import { NO_FAULTS } from './faults.ts';
import { Host } from './host.ts';
import { KEPT_ENTRIES, SEGMENT_BYTES, SETTLE_MS, SPARE_SEGMENTS, type WorkerOptions } from './options.ts';
import { STORE_SET_1 } from './store-set.ts';

/** What the worker needs of its global scope. */
export interface Scope {
  onmessage: ((message: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const PRODUCT: WorkerOptions = {
  clock: { now: () => Date.now(), mono: () => performance.now() },
  random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  faults: NO_FAULTS,
  prefix: 'xiaoji',
  storeSets: [STORE_SET_1],
  segmentBytes: SEGMENT_BYTES,
  spareSegments: SPARE_SEGMENTS,
  settleMs: SETTLE_MS,
  keptEntries: KEPT_ENTRIES,
};

/** Answers the page's calls. `changes` is for tests: other sizes and waits, and failures that can be ordered. */
export function serve(scope: Scope, changes: Partial<WorkerOptions> = {}): void {
  const options = { ...PRODUCT, ...changes };
  let host: Host | undefined;
  scope.onmessage = ({ data }) => {
    if (data.kind === 'start') {
      host ??= new Host(data.namespace, options, (news) => scope.postMessage({ kind: 'news', news }));
    } else if (data.kind === 'call' && host !== undefined) {
      void answer(scope, host, data);
    }
  };
}

async function answer(scope: Scope, host: Host, request: Request): Promise<void> {
  try {
    const value = await host.answer(request);
    const news = host.takeNews();
    scope.postMessage({ kind: 'answer', id: request.id, value, ...(news === undefined ? {} : { news }) });
  } catch (error) {
    const news = host.takeNews();
    const refusal = refusalOf(error);
    scope.postMessage({
      kind: 'refused',
      id: request.id,
      refusal,
      ...(news === undefined ? {} : { news }),
    });
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof JournalError)
    return { code: error.code, message: error.message, maybeStored: error.maybeStored };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
  return { code: troubleOf(error), message, maybeStored: false };
}
