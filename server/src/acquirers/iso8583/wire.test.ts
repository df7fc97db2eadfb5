import { beforeEach, describe, expect, test } from 'vitest';
import { Iso8583Codec, type IsoMessage } from './codec.ts';
import { UNIONPAY_FIELDS } from './fields.ts';
import { type Frame, readFrame } from './frame.ts';
import { TerminalKeys } from './keys/terminal-keys.ts';
import { HostLink } from './link.ts';
import { answerType, type Request, Wire } from './wire.ts';

const codec = new Iso8583Codec(UNIONPAY_FIELDS);
const TPDU = '6000030000';
const HEADER = '603100310000';
const FIELD_62 = 'CB4AB541CD5AD4FC256A882726936A5A08D7B4FB'.repeat(3);
const signal = new AbortController().signal;

let keys: TerminalKeys;
let link: ScriptedLink;
let wire: Wire;

/** A line on which the host says what it is told to: every frame in turn, until one is taken for the answer. */
class ScriptedLink extends HostLink {
  readonly calls: unknown[] = [];
  readonly sent: Uint8Array[] = [];
  says: readonly Frame[] = [];

  constructor() {
    super({ host: 'bank', port: 1 }, { after: () => () => undefined }, () => undefined);
  }

  override async open(ms: number, given: AbortSignal): Promise<boolean> {
    this.calls.push(['open', ms, given]);
    return true;
  }

  override async exchange(
    bytes: Uint8Array,
    accepts: (frame: Frame) => boolean,
    limits: { readonly ms: number; readonly signal: AbortSignal },
  ): Promise<Frame | undefined> {
    this.sent.push(bytes);
    this.calls.push(['exchange', limits]);
    return this.says.find(accepts);
  }
}

beforeEach(() => {
  keys = new TerminalKeys({
    masterKey: Buffer.from('11111111111111112222222222222222', 'hex'),
    mac: 'x9.19',
    baseKeys: [],
  });
  keys.load(FIELD_62);
  link = new ScriptedLink();
  wire = new Wire({ link, keys, tpdu: TPDU, header: HEADER, connectMs: 7, answerMs: 9 });
});

const sale: Request = {
  mti: '0200',
  fields: { 4: '000000001250', 11: '000001', 41: '10000001' },
  sealed: true,
};
const signIn: Request = { mti: '0800', fields: { 11: '000001', 41: '10000001' }, sealed: false };

const framed = (message: Uint8Array, header = HEADER): Frame => ({
  tpdu: TPDU,
  header,
  message: Buffer.from(message),
});
/** An answer with the host's MAC over everything before it. */
function sealed(message: IsoMessage, header = HEADER): Frame {
  const bytes = codec.pack({ ...message, fields: { ...message.fields, 64: '00'.repeat(8) } });
  bytes.set(keys.mac(bytes.subarray(0, -8)), bytes.length - 8);
  return framed(bytes, header);
}
const answer = (code: string, more: Partial<IsoMessage> = {}): IsoMessage => ({
  mti: '0210',
  fields: { 11: '000001', 39: code, 41: '10000001' },
  ...more,
});
const plain = (message: IsoMessage, header = HEADER): Frame => framed(codec.pack(message), header);
const exchange = (request: Request, ...says: readonly Frame[]) => {
  link.says = says;
  return wire.send(wire.frame(request), request, signal);
};

describe('a request', () => {
  test('carries the MAC of everything before it', () => {
    const frame = readFrame(wire.frame(sale).subarray(2));
    expect([frame.tpdu, frame.header]).toEqual([TPDU, HEADER]);
    const { mti, fields } = codec.unpack(frame.message);
    const mac = keys.mac(frame.message.subarray(0, -8)).toString('hex').toUpperCase();
    expect({ mti, fields: { ...fields } }).toEqual({ mti: '0200', fields: { ...sale.fields, 64: mac } });
  });

  test('of a sign-in carries none, and needs no key', () => {
    keys.forget();
    const { fields } = codec.unpack(readFrame(wire.frame(signIn).subarray(2)).message);
    expect({ ...fields }).toEqual(signIn.fields);
    expect(() => wire.frame(sale)).toThrow('not signed in');
  });

  test('has a line within the time to connect, and an answer within the time to answer', async () => {
    expect(await wire.open(signal)).toBe(true);
    const bytes = wire.frame(sale);
    await wire.send(bytes, sale, signal);
    expect(link.calls).toEqual([
      ['open', 7, signal],
      ['exchange', { ms: 9, signal }],
    ]);
    expect(link.sent).toEqual([bytes]);
  });
});

describe('the answer to a request', () => {
  test('is of its type, trace and terminal; others are passed over', async () => {
    const right = sealed(answer('00'));
    const others = [
      sealed(answer('05', { mti: '0230' })),
      sealed(answer('05', { fields: { 11: '000002', 39: '05', 41: '10000001' } })),
      sealed(answer('05', { fields: { 11: '000001', 39: '05', 41: '10000002' } })),
    ];
    const heard = await exchange(sale, ...others, right);
    expect(heard).toMatchObject({ kind: 'answer', authentic: true, message: { mti: '0210' } });
    expect(heard.kind === 'answer' && heard.message.fields[39]).toBe('00');
    expect(wire.needsSignIn).toBe(false);
  });

  test.each([
    ['0200', '0210'],
    ['0400', '0410'],
    ['0800', '0810'],
    ['0500', '0510'],
  ])('to %s is %s', (asked, answered) => {
    expect(answerType(asked)).toBe(answered);
  });

  test('that never comes is silence', async () => {
    expect(await exchange(sale)).toEqual({ kind: 'silence', reason: 'no-answer' });
    expect(wire.needsSignIn).toBe(false);
  });

  test('that cannot be read is silence', async () => {
    expect(await exchange(sale, framed(Buffer.from('0210FF', 'hex')))).toEqual({
      kind: 'silence',
      reason: 'malformed-answer',
    });
    expect(wire.needsSignIn).toBe(false);
  });

  test('without a MAC is not authentic; of a sign-in it needs none', async () => {
    expect(await exchange(sale, plain(answer('05')))).toMatchObject({ kind: 'answer', authentic: false });
    const signedIn = answer('00', { mti: '0810' });
    expect(await exchange(signIn, plain(signedIn))).toMatchObject({ kind: 'answer', authentic: true });
    expect(wire.needsSignIn).toBe(false);
  });

  test('with a wrong MAC is no answer at all, and the keys are not trusted any more', async () => {
    const forged = sealed(answer('00'));
    forged.message[forged.message.length - 1] = (forged.message.at(-1) ?? 0) ^ 1;
    expect(await exchange(sale, forged)).toEqual({ kind: 'silence', reason: 'bad-mac' });
    expect(wire.needsSignIn).toBe(true);
  });

  test('whose amount was changed on the way has a wrong MAC', async () => {
    const frame = sealed(answer('00', { fields: { 4: '000000001250', 11: '000001', 41: '10000001' } }));
    const at = frame.message.indexOf(Buffer.from('000000001250', 'hex'));
    frame.message[at + 5] = 0x51;
    expect(await exchange(sale, frame)).toEqual({ kind: 'silence', reason: 'bad-mac' });
  });
});

describe('the host asks for a sign-in', () => {
  test('by an authentic word that the batch is another', async () => {
    await exchange(sale, sealed(answer('77')));
    expect(wire.needsSignIn).toBe(true);
  });

  test('by a word without a MAC that there is no common key', async () => {
    await exchange(sale, plain(answer('97')));
    expect(wire.needsSignIn).toBe(true);
  });

  test('by the eighth digit of the header, whatever it answers', async () => {
    await exchange(sale, sealed(answer('00'), '603100330000'));
    expect(wire.needsSignIn).toBe(true);
  });

  test.each(['603100340000', '603100303000', '603130310000'])('not by another digit: %s', async (header) => {
    await exchange(sale, sealed(answer('00'), header));
    expect(wire.needsSignIn).toBe(false);
  });
});

test('a fault of our own is not taken for a bad answer', () => {
  const broken = { ...framed(Buffer.alloc(0)), message: undefined as never };
  expect(() => wire.read(broken, true)).toThrow(TypeError);
});
