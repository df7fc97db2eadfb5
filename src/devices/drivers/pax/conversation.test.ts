import { expect, test } from 'vitest';
import { encodeStx } from '../../codecs/stx-link/frame.ts';
import { FakeTimers } from '../../testing/fake-timers.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import { PaxConversation } from './conversation.ts';

const ACK = 0x06;
const text = (body: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(body);
const A01 = encodeStx(text('0\x1cA01\x1c1.28\x1c000000\x1cOK\x1c53342345'));

/** On a real port an acknowledgement and a quick reply come out of one read. */
test('a reply that comes in one piece with the acknowledgement is heard', async () => {
  const timers = new FakeTimers();
  const transport = new FakeTransport(([first]) => (first === 0x02 ? [Uint8Array.of(ACK, ...A01)] : []));
  const conversation = new PaxConversation(transport, timers);
  const asked = conversation.ask({ body: text('A00\x1c1.28'), reply: 'A01', ms: 1_000, movesMoney: false });
  await timers.advance(2_000);
  expect(await asked).toMatchObject({ command: 'A01' });
});
