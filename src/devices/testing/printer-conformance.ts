import { describe, expect, test } from 'vitest';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import type { PrintJob, PrintOutcome } from '../ports.ts';
import type { ReconnectingPrinter } from '../reconnecting-printer.ts';
import type { BufferedPrinter } from '../simulators/escpos/buffered-printer.ts';
import { type FakeTimers, settle } from './fake-timers.ts';

/** A printer as flows get it, over a virtual device that can be hurt. */
export interface PrinterRig {
  readonly printer: ReconnectingPrinter;
  readonly device: BufferedPrinter;
  readonly timers: FakeTimers;
  unplug(): void;
  replug(): void;
  /** The cable breaks after this many more bytes. */
  cutAfter(bytes: number): void;
}

export const slip = (name: string, lines = 3): ReceiptDocument => ({
  v: 1,
  language: 'zh-CN',
  blocks: [
    { kind: 'text', text: name, align: 'center' },
    ...Array.from({ length: lines }, (_, index) => ({
      kind: 'pair' as const,
      left: `商品 ${index + 1}`,
      right: '￥12.50',
    })),
  ],
});

let jobs = 0;
export const jobOf = (name: string, lines?: number): PrintJob => {
  jobs += 1;
  return { jobId: jobs.toString(16).padStart(32, '0'), document: slip(name, lines), kickDrawer: false };
};

export const paperText = (device: BufferedPrinter): string[] =>
  device.paper.flatMap((line) => (line.kind === 'text' ? [line.text.trim()] : []));

const titles = (device: BufferedPrinter): string[] => paperText(device).filter((text) => /^单/.test(text));

/** Lets time pass until the job has ended; fails the test when an hour was not enough. */
export async function ending(
  rig: Pick<PrinterRig, 'timers'>,
  outcome: Promise<PrintOutcome>,
): Promise<PrintOutcome> {
  let ended: PrintOutcome | undefined;
  void outcome.then((value) => {
    ended = value;
  });
  for (let second = 0; second < 3_600 && ended === undefined; second += 1) await rig.timers.advance(1_000);
  if (ended === undefined) throw new Error('the job did not end within an hour');
  return ended;
}

/** What every receipt printer driver must do, whatever it speaks. `connected` gives a fresh, plugged-in printer. */
export function receiptPrinterConformance(name: string, connected: () => Promise<PrinterRig>): void {
  describe(`${name} as a receipt printer`, () => {
    test('prints and says that the paper is out', async () => {
      const rig = await connected();
      expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual({ kind: 'confirmed' });
      expect(paperText(rig.device)[0]).toBe('单一');
      expect(rig.printer.status.job).toBe('idle');
    });

    test('prints two jobs in the order they came, one after the other', async () => {
      const rig = await connected();
      const both = [rig.printer.print(jobOf('单一', 40)), rig.printer.print(jobOf('单二'))];
      expect(
        await ending(
          rig,
          Promise.all(both).then(([, second]) => second!),
        ),
      ).toEqual({ kind: 'confirmed' });
      expect(await both[0]).toEqual({ kind: 'confirmed' });
      expect(titles(rig.device)).toEqual(['单一', '单二']);
    });

    test('a job asked for twice is one paper', async () => {
      const rig = await connected();
      const job = jobOf('单一');
      const outcomes = [rig.printer.print(job), rig.printer.print(job)];
      await ending(rig, outcomes[0]!);
      await ending(rig, rig.printer.print(job));
      expect(await outcomes[1]).toEqual(await outcomes[0]);
      expect(titles(rig.device)).toEqual(['单一']);
    });

    test('unplugged in the middle of a job: unconfirmed, and never printed again by itself', async () => {
      const rig = await connected();
      rig.cutAfter(200);
      const job = jobOf('单一', 60);
      expect(await ending(rig, rig.printer.print(job))).toEqual({ kind: 'unconfirmed', reason: 'lost' });
      rig.replug();
      await rig.timers.advance(60_000);
      expect(rig.printer.status.link).toBe('connected');
      expect(titles(rig.device)).toEqual(['单一']);
      expect(await ending(rig, rig.printer.print(job))).toEqual({ kind: 'unconfirmed', reason: 'lost' });
      expect(titles(rig.device)).toEqual(['单一']);
    });

    test('unplugged before a job: failed, and the same job may be tried again', async () => {
      const rig = await connected();
      rig.unplug();
      await settle();
      const job = jobOf('单一');
      expect(await ending(rig, rig.printer.print(job))).toEqual({ kind: 'failed', reason: 'lost' });
      rig.replug();
      await settle();
      expect(await ending(rig, rig.printer.print(job))).toEqual({ kind: 'confirmed' });
      expect(titles(rig.device)).toEqual(['单一']);
    });

    test('is there again after a replug without asking anyone', async () => {
      const rig = await connected();
      const seen: string[] = [];
      rig.printer.subscribe(() => seen.push(rig.printer.status.link));
      rig.unplug();
      await settle();
      expect(rig.printer.status).toMatchObject({ link: 'absent', trouble: 'lost' });
      rig.replug();
      await settle();
      expect(rig.printer.status.link).toBe('connected');
      expect(rig.printer.status.trouble).toBeUndefined();
      expect(seen).toContain('absent');
    });

    test('paper that ends in the middle of a job: stalled with the reason, and goes on when there is paper', async () => {
      const rig = await connected();
      rig.device.endPaperAfter(10);
      const outcome = rig.printer.print(jobOf('单一', 60));
      await rig.timers.advance(120_000);
      expect(rig.printer.status).toMatchObject({ job: 'stalled', paper: 'end' });
      rig.device.setPaper('ok');
      expect(await ending(rig, outcome)).toEqual({ kind: 'confirmed' });
      expect(paperText(rig.device)).toHaveLength(61);
      expect(rig.printer.status).toMatchObject({ job: 'idle', paper: 'ok' });
    });

    test('an open cover stops the job until it is closed', async () => {
      const rig = await connected();
      rig.device.setCover(true);
      const outcome = rig.printer.print(jobOf('单一'));
      await rig.timers.advance(60_000);
      expect(rig.printer.status).toMatchObject({ job: 'stalled', cover: 'open' });
      rig.device.setCover(false);
      expect(await ending(rig, outcome)).toEqual({ kind: 'confirmed' });
      expect(titles(rig.device)).toEqual(['单一']);
    });

    test('a stuck job given up by the person is unconfirmed, and the printer can be used again', async () => {
      const rig = await connected();
      rig.device.endPaperAfter(2);
      const outcome = rig.printer.print(jobOf('单一', 60));
      await rig.timers.advance(30_000);
      rig.printer.abandon();
      expect(await ending(rig, outcome)).toEqual({ kind: 'unconfirmed', reason: 'paper-end' });
      rig.device.setPaper('ok');
      await rig.timers.advance(1_000);
      expect(await ending(rig, rig.printer.print(jobOf('单二')))).toEqual({ kind: 'confirmed' });
    });

    test('a printer that stops taking bytes is stalled, not lost, and finishes when it takes them again', async () => {
      const rig = await connected();
      rig.device.holdAfter(100);
      const outcome = rig.printer.print(jobOf('单一', 60));
      await rig.timers.advance(600_000);
      expect(rig.printer.status.job).toBe('stalled');
      rig.device.release();
      expect(await ending(rig, outcome)).toEqual({ kind: 'confirmed' });
      expect(paperText(rig.device)).toHaveLength(61);
    });

    test('a device that talks all the time does not disturb a job', async () => {
      const rig = await connected();
      const outcome = rig.printer.print(jobOf('单一', 20));
      for (let round = 0; round < 50; round += 1) {
        rig.device.babble(Uint8Array.of(0xff, 0x80, 0x91, 0x37, 0x22, 0x41, 0x00, 0x5f, 0x00));
        await settle();
      }
      expect(await ending(rig, outcome)).toEqual({ kind: 'confirmed' });
      expect(titles(rig.device)).toEqual(['单一']);
    });

    test('more jobs than it can hold are refused, not kept', async () => {
      const rig = await connected();
      rig.device.holdAfter(0);
      const outcomes = Array.from({ length: 12 }, (_, index) => rig.printer.print(jobOf(`单${index}`)));
      const refused = await outcomes[11];
      expect(refused).toEqual({ kind: 'failed', reason: 'busy' });
      rig.device.release();
      expect(await ending(rig, outcomes[0]!)).toEqual({ kind: 'confirmed' });
    });

    test('kicks the drawer, with a job and alone', async () => {
      const rig = await connected();
      await ending(rig, rig.printer.print({ ...jobOf('单一'), kickDrawer: true }));
      expect(rig.device.kicks).toHaveLength(1);
      expect(await rig.printer.kick()).toBe(true);
      expect(rig.device.kicks).toHaveLength(2);
      rig.device.setCover(true);
      await settle();
      expect(await rig.printer.kick()).toBe(false); // It would open the drawer when somebody closes the cover.
      rig.device.setCover(false);
      await settle();
      expect(rig.device.kicks).toHaveLength(2);
      rig.unplug();
      await settle();
      expect(await rig.printer.kick()).toBe(false);
    });
  });
}
