import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../amount-table.ts';
import { sandboxKeys } from '../start-sandbox.ts';
import { amountOf, encode, PAN, tdes } from '../testing/bank-client.ts';
import { BankFixture, code, read, useBank } from '../testing/bank-fixture.ts';
import { ManualWorld } from '../testing/manual-world.ts';

const bank = useBank();

describe('sign-in', () => {
  test('brings a batch number and three keys whose check values agree', async () => {
    const answer = await bank.till.signIn();
    expect(code(answer)).toBe('00');
    expect(bank.till.batch).toBe('000001');
    const field = answer.fields[62]!;
    expect(field).toHaveLength(120);
    const zero = '0'.repeat(16);
    for (const [at, key] of [
      [0, bank.till.keys.pin],
      [40, bank.till.keys.mac],
      [80, bank.till.keys.data],
    ] as const) {
      expect(tdes(key, zero).slice(0, 8)).toBe(field.slice(at + 32, at + 40));
    }
  });

  test('an unknown terminal is refused without a MAC', async () => {
    bank.till.send(
      encode('0800', {
        11: '000001',
        41: '99999999',
        42: bank.sandbox.bank.merchant,
        60: '00000000004',
        63: '01 ',
      }),
    );
    const answer = await bank.till.answer();
    expect([code(answer), answer.fields[64]]).toEqual(['97', undefined]);
  });

  test('a trade before sign-in, with a wrong MAC or with old keys is refused and asks for a new sign-in', async () => {
    const sale = bank.till.sale(1_250);
    sale[sale.length - 1]! ^= 1;
    bank.till.send(sale);
    const frame = await bank.frame();
    expect(read(frame).fields[39]).toBe('A0');
    expect(frame[7]! & 0x0f).toBe(3);
    const old = { ...bank.till.keys };
    await bank.till.signIn();
    bank.till.keys = old;
    expect(code(await bank.till.ask(bank.till.sale(1_250)))).toBe('A0');
    await bank.till.ask(bank.till.plain('0820', { 60: `00${bank.till.batch}002` }));
    expect(code(await bank.till.ask(bank.till.sale(1_250)))).toBe('A0');
    expect(bank.books()).toEqual([]);
  });
});

describe('a sale', () => {
  test('is approved, booked once and answered with the marks of a slip', async () => {
    bank.till.send(bank.till.sale(1_250));
    const frame = await bank.frame();
    expect(frame.subarray(0, 5).toString('hex')).toBe('6000000003');
    expect(bank.verified(frame)).toBe(true);
    const { mti, fields } = read(frame);
    expect(mti).toBe('0210');
    expect(fields).toMatchObject({
      3: '000000',
      4: amountOf(1_250),
      12: '120000',
      13: '1122',
      39: '00',
      63: 'VIS',
    });
    expect(fields[37]).toMatch(/^\d{12}$/);
    expect(fields[38]).toMatch(/^\d{6}$/);
    expect(fields[44]).toHaveLength(22);
    expect(bank.book(bank.lastTrace)).toMatchObject({
      state: 'paid',
      paid: 1_250,
      net: 1_250,
      providerId: fields[37],
    });
    expect(JSON.stringify(bank.books())).not.toContain(PAN);
  });

  test('sent again with the same bytes gets the same answer and is not booked twice', async () => {
    const sale = bank.till.sale(1_250);
    const first = await bank.till.ask(sale);
    const second = await bank.till.ask(sale);
    expect(second.fields[37]).toBe(first.fields[37]);
    expect(bank.books()).toHaveLength(1);
  });

  test('with a used trace and other contents is refused', async () => {
    await bank.till.ask(bank.till.sale(1_250));
    bank.till.trace -= 1;
    expect(code(await bank.till.ask(bank.till.sale(1_300)))).toBe('94');
  });

  test('of another batch is refused', async () => {
    expect(code(await bank.till.ask(bank.till.sale(1_250, { 60: '2200000900050' })))).toBe('77');
  });

  test.each([
    ['a card number that is none', { 2: '4761739001010011' }, '14'],
    ['an expired card', { 14: '2610' }, '54'],
    ['no card at all', { 2: '' }, '30'],
    ['a clear track', { 35: '4761739001010010D30122010000000000000' }, '30'],
  ])('with %s is refused', async (_, change, expected) => {
    const fields: Record<number, string> = { 2: PAN, ...change };
    if (fields[2] === '') delete fields[2];
    const all = { 3: '000000', 4: amountOf(1_250), 25: '00', ...fields };
    expect(code(await bank.till.ask(bank.till.financial('0200', '22', all)))).toBe(expected);
    expect(bank.books()).toEqual([]);
  });

  test('reads an encrypted track and a PIN block, and sends a chip card to the chip reader', async () => {
    const clear = Buffer.from('4761739001010010D301220100000000000000', 'hex');
    const cipher = createCipheriv(
      'des-ede3',
      Buffer.from(bank.till.keys.data + bank.till.keys.data.slice(0, 16), 'hex'),
      null,
    );
    const block = cipher.setAutoPadding(false).update(clear.subarray(10, 18));
    const track = Buffer.concat([clear.subarray(0, 10), block, clear.subarray(18)])
      .toString('hex')
      .slice(0, 37);
    const pinBlock = (pin: string): string => {
      const head = Buffer.from(`0${pin.length}${pin}`.padEnd(16, 'F'), 'hex');
      const account = Buffer.from(`0000${PAN.slice(3, 15)}`, 'hex');
      return tdes(
        bank.till.keys.pin,
        Buffer.from(head.map((byte, index) => byte ^ account[index]!)).toString('hex'),
      );
    };
    const swipe = (pin: string, entry: string): Buffer =>
      bank.till.financial('0200', '22', {
        3: '000000',
        4: amountOf(1_250),
        22: entry,
        25: '00',
        26: '12',
        35: track,
        52: pinBlock(pin),
        53: '2610000000000000',
      });
    expect(code(await bank.till.ask(swipe('123456', '021')))).toBe('45');
    expect(code(await bank.till.ask(swipe('123456', '801')))).toBe('00');
    expect(code(await bank.till.ask(swipe('000000', '801')))).toBe('55');
    const wrong = bank.till.sale(1_250, { 26: '12', 52: '0123456789ABCDEF', 53: '2600000000000000' });
    expect(code(await bank.till.ask(wrong))).toBe('99');
  });

  test('by chip gets an issuer cryptogram, and scripts when a rule asks', async () => {
    const chip = (amount: number): string => `9F2608AABBCCDDEEFF00119F360200019F0206${amountOf(amount)}`;
    const answer = await bank.till.ask(bank.till.sale(1_250, { 22: '051', 55: chip(1_250) }));
    const arc = '3030';
    const mixed = Buffer.from('AABBCCDDEEFF0011', 'hex');
    mixed[0]! ^= 0x30;
    mixed[1]! ^= 0x30;
    expect(answer.fields[55]).toBe(`910A${tdes(bank.sandbox.bank.issuerKey, mixed.toString('hex'))}${arc}`);
    expect(code(await bank.till.ask(bank.till.sale(1_300, { 22: '051', 55: chip(1_250) })))).toBe('13');
    expect(code(await bank.till.ask(bank.till.sale(1_300, { 22: '051' })))).toBe('30');
    const magic = MAGIC_BASE + 320;
    const scripted = await bank.till.ask(bank.till.sale(magic, { 22: '051', 55: chip(magic) }));
    expect(scripted.fields[55]).toContain('720F9F1804');
  });
});

describe('the line', () => {
  test('a message that cannot be read is answered 30 without a MAC, or the line is cut', async () => {
    const strange = encode('0200', { 11: '000009' });
    strange[2] = 0x08;
    bank.till.send(Buffer.concat([strange, Buffer.alloc(6)]));
    expect(await bank.till.frame()).toBe('closed');
    await bank.till.open();
    bank.till.send(Buffer.concat([encode('0200', { 11: '000009' }), Buffer.from('00', 'hex')]));
    const answer = await bank.till.answer();
    expect([code(answer), answer.fields[64]]).toEqual(['30', undefined]);
  });

  test('frames split at every byte and joined together are understood', async () => {
    const echo = bank.till.plain('0820', { 60: `00${bank.till.batch}301` });
    const frame = Buffer.concat([Buffer.from('6000030000603100310000', 'hex'), echo]);
    const bytes = Buffer.concat([Buffer.from([0, frame.length]), frame]);
    for (const byte of bytes) bank.till.raw(Buffer.from([byte]));
    bank.till.raw(Buffer.concat([bytes, bytes]));
    for (let each = 0; each < 3; each += 1) expect(code(await bank.till.answer())).toBe('00');
  });

  test.each([0, 12, 5_000])('a length of %i cuts the line', async (length) => {
    bank.till.raw(Buffer.from([length >> 8, length & 0xff]));
    expect(await bank.till.frame()).toBe('closed');
  });
});

describe('with AES-CMAC', () => {
  test('a sale is approved and the answer carries the other MAC', async () => {
    const other = new BankFixture();
    await other.start({ mac: 'aes-cmac', keys: sandboxKeys(new ManualWorld()) });
    other.till.send(other.till.sale(1_250));
    const frame = await other.frame();
    expect(code(read(frame))).toBe('00');
    expect(other.verified(frame)).toBe(true);
    await other.stop();
  });
});
