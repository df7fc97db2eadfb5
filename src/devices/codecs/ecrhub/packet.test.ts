import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEcrHubReply, ECRHUB_TRANS_TYPES, encodeEcrHubRequest } from './message.ts';
import { EcrHubDecoder, type EcrHubItem, type EcrHubPacket, encodeEcrHub } from './packet.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const packetsOf = (items: readonly EcrHubItem[]) =>
  items.flatMap((item) => (item.kind === 'packet' ? [item.packet] : []));
const empty = { ack: 0, id: 0, data: new Uint8Array() };

const ORDER =
  '{"topic":"ecrhub.pay.order","request_id":"1","version":"1.0","app_id":"demo",' +
  '"biz_data":{"trans_type":1,"merchant_order_no":"A1","order_amount":"10.00"}}';

/** Facts: devices 3.6. */
const VECTORS: readonly (readonly [string, string, EcrHubPacket])[] = [
  ['handshake', '55AA010000000001CC33', { ...empty, type: 'handshake' }],
  ['confirm', '55AA020000000002CC33', { ...empty, type: 'confirm' }],
  ['heartbeat', '55AA000000000000CC33', { ...empty, type: 'data' }],
  ['ack of 5', '55AA000500000005CC33', { ...empty, type: 'data', ack: 5 }],
  [
    'order',
    `55AA0000020099 ${Buffer.from(ORDER).toString('hex')} B5 CC33`,
    { type: 'data', ack: 0, id: 2, data: new TextEncoder().encode(ORDER) },
  ],
];

describe('ECRHub packets', () => {
  test.each(VECTORS)('the vector %s, written and read whole and byte by byte', (_, hex, packet) => {
    const bytes = bytesOf(hex);
    expect(hexOf(encodeEcrHub(packet))).toBe(hexOf(bytes));
    expect(new EcrHubDecoder().push(bytes)).toEqual([{ kind: 'packet', at: 0, packet }]);
    const decoder = new EcrHubDecoder();
    expect([...bytes].flatMap((byte) => decoder.push(Uint8Array.of(byte)))).toEqual([
      { kind: 'packet', at: 0, packet },
    ]);
    expect(decoder.pending).toBe(0);
  });

  test('the order of the vector comes out of the message builder', () => {
    const biz = { trans_type: 1, merchant_order_no: 'A1', order_amount: '10.00' };
    const data = encodeEcrHubRequest({ topic: 'ecrhub.pay.order', requestId: '1', appId: 'demo', biz });
    expect(new TextDecoder().decode(data)).toBe(ORDER);
    expect(data.length).toBe(0x99);
  });

  test('the check byte agrees with a second way to compute it: parity bit by bit', () => {
    fc.assert(
      fc.property(packetArb, (packet) => {
        const bytes = encodeEcrHub(packet);
        const covered = [...bytes.subarray(2, bytes.length - 3)];
        const check = [0, 1, 2, 3, 4, 5, 6, 7].map(
          (bit) => (covered.filter((byte) => (byte >> bit) & 1).length % 2) << bit,
        );
        expect(bytes.at(-3)).toBe(check.reduce((a, b) => a + b, 0));
      }),
    );
  });

  test('data that looks like an end, a beginning or a heartbeat is data', () => {
    const data = bytesOf('CC33 55AA000000000000CC33 55AA');
    const bytes = encodeEcrHub({ type: 'data', ack: 0, id: 9, data });
    expect(packetsOf(new EcrHubDecoder().push(bytes))).toEqual([{ type: 'data', ack: 0, id: 9, data }]);
  });

  test.each([
    ['bad-xor', '55AA010000000007CC33'],
    ['bad-end', '55AA010000000001CC34'],
    ['bad-type', '55AA070000000007CC33'],
    ['too-long', '55AA0000010FFF'],
  ])('%s is told with its place, and the packet behind it is read', (code, hex) => {
    const items = new EcrHubDecoder().push(bytesOf(`0102 ${hex} 55AA020000000002CC33`));
    expect(items[0]).toEqual({ kind: 'noise', at: 0, length: 2 });
    expect(items[1]).toEqual({ kind: 'bad', at: 2, code });
    expect(packetsOf(items)).toEqual([{ ...empty, type: 'confirm' }]);
  });

  test('a packet that was begun and never ended hides nothing once the line is silent', () => {
    const decoder = new EcrHubDecoder();
    expect(decoder.push(bytesOf('55AA00000103FF 7B22 55AA000000000000CC33'))).toEqual([]);
    const items = decoder.giveUp();
    expect(items[0]).toEqual({ kind: 'bad', at: 0, code: 'truncated' });
    expect(packetsOf(items)).toEqual([{ ...empty, type: 'data' }]);
    expect(decoder.pending).toBe(0);
  });

  test('any packets, cut anywhere, with noise between them, are the same packets', () => {
    fc.assert(
      fc.property(
        fc.array(packetArb, { maxLength: 5 }),
        fc.array(fc.nat(60), { maxLength: 20 }),
        (packets, cuts) => {
          const stream = Buffer.concat(
            packets.flatMap((packet) => [encodeEcrHub(packet), Uint8Array.of(1, 2, 3)]),
          );
          const decoder = new EcrHubDecoder();
          const items: EcrHubItem[] = [];
          let at = 0;
          for (const length of [...cuts, stream.length]) {
            items.push(...decoder.push(Uint8Array.from(stream.subarray(at, at + length))));
            at += length;
          }
          expect(packetsOf(items)).toEqual(packets);
        },
      ),
    );
  });

  test('random bytes never throw and never fill the memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        const decoder = new EcrHubDecoder();
        decoder.push(Uint8Array.from([0x55, 0xaa, 0, 0, 1, ...bytes]));
        expect(decoder.pending).toBeLessThanOrEqual(1_034);
        decoder.giveUp();
        expect(decoder.pending).toBe(0);
      }),
    );
  });

  test('more data than a packet holds is refused', () => {
    expect(() => encodeEcrHub({ type: 'data', ack: 0, id: 1, data: new Uint8Array(1_025) })).toThrow('1025');
  });
});

describe('ECRHub replies', () => {
  const read = (text: string) => decodeEcrHubReply(new TextEncoder().encode(text));

  test('numbers, text and nothing at all are read as text', () => {
    const text =
      '{"topic":"t","request_id":7,"response_code":"000","biz_data":{"a":2,"b":"x","c":null,"d":{"e":1}}}';
    expect(read(text)).toEqual({ topic: 't', requestId: '7', code: '000', biz: { a: '2', b: 'x', c: '' } });
    expect(read('{"biz_data":null}')).toEqual({ topic: '', requestId: '', code: '', biz: {} });
  });

  test.each(['', '{', '[]', '7', 'null', '{"topic":1}', '{"biz_data":[]}', '{"response_code":{}}'])(
    '%s is none',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  test('a card number in clear is masked while it is read', () => {
    const biz = {
      card_no: '4761739001010119',
      note: 'card 4761739001010119',
      trans_no: '5021000010210602000003',
    };
    expect(read(JSON.stringify({ biz_data: biz }))?.biz).toEqual({
      card_no: '476173****0119',
      note: '****',
      trans_no: '5021000010210602000003',
    });
  });

  test('random bytes are none', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => decodeEcrHubReply(bytes) === undefined || true));
    expect(decodeEcrHubReply(Uint8Array.of(0xff, 0xfe))).toBeUndefined();
    expect(Object.values(ECRHUB_TRANS_TYPES)).toHaveLength(7);
  });
});

const packetArb = fc.record({
  type: fc.constantFrom('data' as const, 'handshake' as const, 'confirm' as const),
  ack: fc.nat(255),
  id: fc.nat(255),
  data: fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
});
