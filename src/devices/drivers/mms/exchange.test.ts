import { expect, test } from 'vitest';
import { mmsProperty } from '../../codecs/mms/commands.ts';
import { decodeMms, encodeMms, type MmsMessage } from '../../codecs/mms/message.ts';
import { mmsReports } from '../../codecs/mms/reports.ts';
import { FakeTimers, settle } from '../../testing/fake-timers.ts';
import type { Bytes, Report, ReportLink } from '../../transports/transport.ts';
import { ANSWER_MS, MmsExchange } from './exchange.ts';

/** A link whose other end is this test. */
function link() {
  const asked: MmsMessage[] = [];
  const given: Bytes[] = [];
  let out: ReadableStreamDefaultController<Report> | undefined;
  const ends: ReportLink = {
    framing: 'report',
    name: 'fake',
    incoming: new ReadableStream<Report>({
      start: (controller) => {
        out = controller;
      },
    }),
    lost: new Promise(() => undefined),
    write: async ({ data }) => {
      // A head of a long message: these commands fit into one report.
      const message = decodeMms(data.subarray(2, 2 + (data[1] ?? 0)));
      if (message !== undefined) asked.push(message);
    },
    sendFeature: async () => undefined,
    readFeature: async () => new Uint8Array(),
    close: async () => undefined,
  };
  const say = (message: MmsMessage): void => {
    for (const data of mmsReports(encodeMms(message))) {
      given.push(data);
      out?.enqueue({ id: 0, data });
    }
  };
  const answer = (ref: number, payload: string): void =>
    say({
      type: 'response',
      ref,
      command: 0xd101,
      detail: new Uint8Array(4),
      payload: Buffer.from(payload, 'hex'),
    });
  return { ends, asked, given, say, answer };
}

test('an answer that comes late is not taken for the next one, although the command is the same', async () => {
  const { ends, asked, answer } = link();
  const timers = new FakeTimers();
  const exchange = new MmsExchange(ends, timers, () => undefined);
  const first = exchange.request(mmsProperty('serial')).catch((error: unknown) => error);
  await timers.advance(ANSWER_MS);
  expect(await first).toMatchObject({ code: 'timeout' });
  const second = exchange.request(mmsProperty('firmware'));
  await settle();
  answer(asked[0]!.ref, '0101');
  answer(asked[1]!.ref, '0202');
  expect((await second).payload).toEqual(Uint8Array.of(2, 2));
});

test('one command at a time, and each has another reference', async () => {
  const { ends, asked, answer } = link();
  const exchange = new MmsExchange(ends, new FakeTimers(), () => undefined);
  const both = [exchange.request(mmsProperty('serial')), exchange.request(mmsProperty('firmware'))];
  await settle();
  expect(asked).toHaveLength(1);
  answer(asked[0]!.ref, '01');
  await settle();
  expect(asked).toHaveLength(2);
  expect(asked[1]!.ref).not.toBe(asked[0]!.ref);
  answer(asked[1]!.ref, '02');
  await Promise.all(both);
});

test('reports are wiped as soon as they were read', async () => {
  const { ends, given, say } = link();
  const heard: number[] = [];
  new MmsExchange(ends, new FakeTimers(), ({ command }) => heard.push(command));
  const detail = new Uint8Array(4);
  say({ type: 'notification', ref: 0, command: 0x0101, detail, payload: new Uint8Array(200).fill(7) });
  await settle();
  expect(heard).toEqual([0x0101]);
  expect(given.flatMap((report) => [...report]).every((byte) => byte === 0)).toBe(true);
});
