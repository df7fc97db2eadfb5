import type { CDPSession, Page } from 'playwright';

/** One event of the browser's own trace, as far as it is read here. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time, µs. */
  readonly tdur?: number;
  readonly args?: { readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}

const MARK = 'bench-ui';
/** Tasks in which the bench itself talks to the page. */
const OURS_TAG = 'blink.mojom.DevToolsSession';

/**
 * Does `work` and resolves to the processor time of every task that the page's main thread ran meanwhile, ms. Unlike the wall
 * time of PerformanceObserver, it does not grow when other programs take the processor away.
 */
export async function taskTimes(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const traceConfig = { includedCategories: ['toplevel', 'blink.user_timing'] };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await page.evaluate((name) => void performance.mark(name), MARK);
  await work();
  await ended(session);
  const mark = events.find(({ name }) => name === MARK);
  if (mark === undefined) throw new Error('the trace has nothing of the page');
  const here = events.filter(({ ph, pid, tid }) => ph === 'X' && pid === mark.pid && tid === mark.tid);
  const own = here.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === OURS_TAG);
  return here
    .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
    .filter((task) => !own.some(({ ts }) => ts >= task.ts && ts <= task.ts + (task.dur ?? 0)))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

async function ended(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
}
