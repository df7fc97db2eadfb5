import { describe, expect, test } from 'vitest';
import { printerProfile } from '../devices/printer-profile.ts';
import { type UsbRig, usbRig } from '../devices/testing/escpos-rigs.ts';
import { settle } from '../devices/testing/fake-timers.ts';
import type { WizardEvent } from '../flow/devices/printer-wizard.ts';
import { tryPrinter } from './printer-trial.ts';

const alarm = (error: unknown): never => {
  throw error;
};

function begin(rig: UsbRig, shutDrawer?: () => void) {
  const { runner, ended } = tryPrinter(rig.printer, {
    alarm,
    ...(shutDrawer === undefined ? {} : { shutDrawer }),
  });
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  const at = () => runner.state.value.step.at;
  const answer = async (event: WizardEvent): Promise<string> => {
    runner.send(event);
    await rig.timers.advance(10_000);
    return at();
  };
  return { runner, at, answer, hasEnded: () => hasEnded };
}

const READABLE = { type: 'looks', like: 'readable' } as const;

describe('the wizard at a printer', () => {
  test('keeps what was found, and nothing before: a reload in the middle finds the printer as it was', async () => {
    const rig = await usbRig(undefined, { columns: 32, isDrawerInverted: true });
    const before = rig.remembered();
    const { at, answer, hasEnded } = begin(rig);
    await rig.timers.advance(10_000);
    expect(at()).toBe('ask-charset');
    expect(await answer(READABLE)).toBe('ask-columns');
    expect(await answer({ type: 'ends-at', columns: 32 })).toBe('ask-cutter');
    expect(rig.printer.columns).toBe(32);
    expect(await answer({ type: 'was-cut', cut: true })).toBe('ask-drawer');
    expect(await answer({ type: 'has-drawer', has: true })).toBe('ask-closed');
    expect(await answer({ type: 'is-closed' })).toBe('ask-open');
    expect([rig.remembered(), hasEnded()]).toEqual([before, false]);
    expect(await answer({ type: 'has-opened', opened: true })).toBe('done');
    expect(hasEnded()).toBe(true);
    expect(rig.remembered()).toMatchObject({
      walked: true,
      profile: { id: 'epson-80', charset: 'gb18030', columns: 32, cutter: true, drawerOpenAt: 'low' },
    });
  });

  test('forgets what was learned of a drawer that is not there any more', async () => {
    const rig = await usbRig({ ...printerProfile('epson-80'), drawerOpenAt: 'high' });
    const { answer } = begin(rig);
    await rig.timers.advance(10_000);
    await answer(READABLE);
    await answer({ type: 'ends-at', columns: 48 });
    await answer({ type: 'was-cut', cut: true });
    expect(await answer({ type: 'has-drawer', has: false })).toBe('done');
    expect(rig.remembered()?.profile).not.toHaveProperty('drawerOpenAt');
  });

  test('stopped in the middle, the printer is as it was and free for a slip', async () => {
    const rig = await usbRig(printerProfile('generic-58'));
    const before = rig.remembered();
    const { answer, hasEnded } = begin(rig);
    await rig.timers.advance(10_000);
    expect(rig.printer.columns).toBe(48);
    await answer({ type: 'stop' });
    expect([hasEnded(), rig.printer.columns, rig.printer.status.link]).toEqual([true, 32, 'connected']);
    expect(rig.remembered()?.walked).toBeUndefined();
    expect(rig.remembered()?.profile.columns).toBe(before?.profile.columns);
  });

  test('stopped while its slip waits for paper, it lets go of the printer', async () => {
    const rig = await usbRig();
    rig.device.setPaper('end');
    await settle();
    const { at, answer, hasEnded } = begin(rig);
    await rig.timers.advance(30_000);
    expect([at(), rig.printer.status.job]).toEqual(['printing', 'stalled']);
    await answer({ type: 'stop' });
    expect([hasEnded(), rig.printer.status.job]).toEqual([true, 'idle']);
  });

  test('a slip that stalls after the person has stopped is given up, too', async () => {
    const rig = await usbRig();
    rig.device.holdAfter(8);
    const { runner, at, hasEnded } = begin(rig);
    await settle();
    expect(at()).toBe('printing');
    runner.send({ type: 'stop' });
    await rig.timers.advance(30_000);
    expect(hasEnded()).toBe(true);
  });

  test('a drawer that nobody could close by hand is closed when the question comes', async () => {
    const rig = await usbRig();
    await rig.printer.kick();
    await settle();
    const { answer } = begin(rig, () => rig.device.closeDrawer());
    await rig.timers.advance(10_000);
    await answer(READABLE);
    await answer({ type: 'ends-at', columns: 48 });
    await answer({ type: 'was-cut', cut: true });
    expect(rig.device.isDrawerOpen).toBe(true);
    await answer({ type: 'has-drawer', has: true });
    expect(rig.device.isDrawerOpen).toBe(false);
    await answer({ type: 'is-closed' });
    await answer({ type: 'has-opened', opened: true });
    expect(rig.remembered()?.profile.drawerOpenAt).toBe('high');
  });
});
