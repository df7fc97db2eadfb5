import { expect, test, vi } from 'vitest';
import type { Journal } from '../domain/journal.ts';
import type { CheckoutState } from '../flow/checkout-service.ts';
import { cutterSlip } from '../flow/devices/trial-slips.ts';
import { Store } from '../flow/store.ts';
import { Counter } from './counter.ts';

const WRITER = { status: { role: 'writer' }, subscribe: () => () => undefined } as unknown as Journal;

/** The counter of training mode, with its simulated printer. */
async function counter() {
  const kept = new Map<string, unknown>();
  const alarms: unknown[] = [];
  const counter = new Counter({
    has: { usb: true, serial: true },
    training: true,
    language: () => 'zh-CN',
    vault: {
      get: async (key) => kept.get(key),
      set: async (key, value) => void kept.set(key, value),
    },
    testDocument: async () => cutterSlip(),
    printBySystem: async () => undefined,
    openDisplay: () => undefined,
    alarm: (error) => alarms.push(error),
  });
  const sale = new Store({ at: 'editing' } as CheckoutState);
  counter.follow(sale);
  counter.startAsOwner(WRITER);
  await vi.waitFor(() => expect(counter.state.value.printer.link).toBe('connected'));
  const begin = async () => {
    const runner = await counter.wizard();
    if (runner === undefined) throw new Error('not begun');
    const reaches = (at: string) => vi.waitFor(() => expect(runner.state.value.step.at).toBe(at));
    return { runner, reaches };
  };
  const pay = (at: CheckoutState['at']) => sale.set({ at } as CheckoutState);
  return { counter, begin, pay, alarms };
}

const texts = ({ paper }: Counter): string =>
  paper.value.lines
    .flatMap(({ content }) => (content.kind === 'text' ? content.cells.map(({ text }) => text).join('') : []))
    .join('\n');

test('in training it is walked to its end at the simulated printer, whose drawer closes by itself', async () => {
  const { counter: till, begin, alarms } = await counter();
  // It stood open already: from a sale before.
  await till.kickDrawer();
  const { runner, reaches } = await begin();
  await reaches('ask-charset');
  expect(texts(till)).toContain('收银小票 ￥12.50');
  runner.send({ type: 'looks', like: 'readable' });
  runner.send({ type: 'ends-at', columns: 32 });
  await reaches('ask-cutter');
  runner.send({ type: 'was-cut', cut: true });
  runner.send({ type: 'has-drawer', has: true });
  await vi.waitFor(() => expect(till.state.value.printer.drawerPin).toBe('low'));
  runner.send({ type: 'is-closed' });
  await reaches('ask-open');
  await vi.waitFor(() => expect(till.state.value.printer.drawerPin).toBe('high'));
  runner.send({ type: 'has-opened', opened: true });
  await reaches('done');
  await vi.waitFor(() =>
    expect(till.state.value.printer).toMatchObject({ link: 'connected', drawer: 'open' }),
  );
  expect([till.state.value.columns, till.state.value.proposesWizard, alarms]).toEqual([32, false, []]);
});

test('a slip that is to be printed meanwhile stops it, and comes out with the settings from before', async () => {
  const { counter: till, begin } = await counter();
  const { runner, reaches } = await begin();
  await reaches('ask-charset');
  expect(till.state.value.columns).toBe(48);
  const printed = await till.testSlip();
  expect(printed).toEqual({ kind: 'confirmed' });
  expect(runner.state.value.step.at).toBe('stopped');
  expect(texts(till)).toContain(`合计${' '.repeat(32 - 4 - 7)}￥12.50`);
  expect(till.state.value.columns).toBe(32);
});

test('a payment stops it, and while somebody pays none begins', async () => {
  const { counter: till, begin, pay } = await counter();
  const { runner, reaches } = await begin();
  await reaches('ask-charset');
  pay('tendering');
  expect(runner.state.value.step.at).toBe('ask-charset');
  pay('paying');
  expect(runner.state.value.step.at).toBe('stopped');
  expect(await till.wizard()).toBeUndefined();
  pay('unsaved');
  expect(await till.wizard()).toBeUndefined();
  pay('done');
  await (await begin()).reaches('ask-charset');
});

test('asked for twice there is one; without a printer, or at one that is out of paper, none', async () => {
  const { counter: till, begin } = await counter();
  const [first, second] = await Promise.all([till.wizard(), till.wizard()]);
  expect([first, second].filter((each) => each !== undefined)).toHaveLength(1);
  const { runner } = await begin();
  runner.send({ type: 'stop' });
  till.simulate('cut-cable');
  await vi.waitFor(() => expect(till.state.value.printer.link).toBe('absent'));
  expect(await till.wizard()).toBeUndefined();
});

test('another width, or no simulated printer any more, ends it first', async () => {
  const { counter: till, begin } = await counter();
  const one = await begin();
  await one.reaches('ask-charset');
  await till.setColumns(48);
  expect(one.runner.state.value.step.at).toBe('stopped');
  const two = await begin();
  await two.reaches('ask-charset');
  await till.useSimulated(false);
  expect(two.runner.state.value.step.at).toBe('stopped');
});
