import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesDukpt } from './dukpt-aes.ts';
import { tdesDukpt } from './dukpt-tdes.ts';
import { KeyError } from './key-error.ts';
import { aesCmac, retailMac } from './mac.ts';
import { tdesCbcEncrypt, tdesEncrypt } from './tdes.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const padded = (text: string, block: number) =>
  Buffer.concat([Buffer.from(text), Buffer.alloc((block - (text.length % block)) % block)]);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof KeyError) return error.code;
    throw error;
  }
  return 'none';
};

const TDES_BASE = hex('0123456789ABCDEFFEDCBA9876543210');
const AES_BASE = hex('FEDCBA9876543210F1F1F1F1F1F1F1F1');
/** The text that X9.24 encrypts and seals in its examples. */
const CARD_TEXT = '4012345678909D987';

describe('TDES DUKPT (X9.24-1, annex A.4)', () => {
  test('gives the keys of the first transaction', () => {
    const keys = tdesDukpt(TDES_BASE, hex('FFFF9876543210E00001'));
    expect(upper(keys.initialKey)).toBe('6AC292FAA1315B4D858AB3A3D7D5933A');
    expect(upper(keys.key)).toBe('042666B49184CFA368DE9628D0397BC9');
    expect(upper(keys.pin)).toBe('042666B49184CF5C68DE9628D0397B36');
    expect(upper(keys.mac)).toBe('042666B4918430A368DE9628D03984C9');
    expect(upper(keys.data)).toBe('448D3F076D8304036A55A3D7E0055A78');
  });

  test.each([
    ['1', '1B9C1845EB993A7A', 'FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F', '9CCC78173FC4FB64'],
    ['2', '10A01C8D02C69107', 'A2B4E70F846E63D68775B7215EB4563DFD3037244C61CC13', 'F608A9BCA6FFC311'],
    ['3', '18DC07B94797B466', 'BD751E65F10E75B6C1D5B1D283496A36C2DE21D993C387A7', '20B59A4FEAC937E3'],
    ['4', '0BC79509D5645DF7', '1118F50947441BBDA3C8C70220021A12EC31CC473F7215F4', 'C7BFA6CC44161828'],
    ['5', '5BC0AF22AD87B327', '9FD7BD1EC28845ACA93367A9DA9317BD555C6B33AE22D365', '0202B96339022058'],
  ])(
    'what the keys of transaction %s encrypt and seal is what the standard prints',
    (counter, pin, data, mac) => {
      const keys = tdesDukpt(TDES_BASE, hex(`FFFF9876543210E0000${counter}`));
      // PIN 1234 under the card number 4012345678909, ISO 9564 format 0.
      expect(upper(tdesEncrypt(keys.pin, hex('041274EDCBA9876F')))).toBe(pin);
      expect(upper(tdesCbcEncrypt(keys.data, padded(CARD_TEXT, 8)))).toBe(data);
      expect(upper(retailMac(keys.mac, Buffer.from(CARD_TEXT)))).toBe(mac);
    },
  );

  test.each([
    ['a base key of eight bytes', hex('0123456789ABCDEF'), 'FFFF9876543210E00001', 'bad-size'],
    ['a serial number of eight bytes', TDES_BASE, '9876543210E00001', 'bad-size'],
    ['counter zero', TDES_BASE, 'FFFF9876543210E00000', 'bad-counter'],
    ['eleven one bits', TDES_BASE, 'FFFF9876543210E007FF', 'bad-counter'],
  ])('%s is refused', (_, base, ksn, code) => {
    expect(codeOf(() => tdesDukpt(base, hex(ksn)))).toBe(code);
  });

  test('ten one bits are the most, and the highest counter works', () => {
    expect(codeOf(() => tdesDukpt(TDES_BASE, hex('FFFF9876543210E003FF')))).toBe('none');
    expect(codeOf(() => tdesDukpt(TDES_BASE, hex('FFFF9876543210FFC000')))).toBe('none');
  });
});

describe('AES DUKPT (X9.24-3, annex B)', () => {
  test('gives the keys of the first transaction', () => {
    const keys = aesDukpt(AES_BASE, hex('123456789012345600000001'));
    expect(upper(keys.initialKey)).toBe('1273671EA26AC29AFA4D1084127652A1');
    expect(upper(keys.key)).toBe('4F21B565BAD9835E112B6465635EAE44');
    expect(upper(keys.working('pin'))).toBe('AF8CB133A78F8DC2D1359F18527593FB');
    expect(upper(keys.working('macGenerate'))).toBe('A2DC23DE6FDE0824A2BC321E08E4B8B7');
    expect(upper(keys.working('macBoth'))).toBe('85675439D18D7F1158BD8E3EAA3D502B');
    expect(upper(keys.working('dataEncrypt'))).toBe('A35C412EFD41FDB98B69797C02DCD08F');
    expect(upper(keys.working('dataBoth'))).toBe('A308E080DD15A1B741F1721BF67DE11C');
  });

  test.each([
    [
      '1',
      '4F21B565BAD9835E112B6465635EAE44',
      'A2EB5C1C35809E58404E873C3C411E31',
      'DD4E1895FD9BF53D8DAF25568ABF551D',
    ],
    [
      '2',
      '2F34D68DE10F68D38091A73B9E7C437C',
      '4D104704C53491A60944193DCAF6B411',
      '008CEAAE2B913BEEE76209EE9406DAC1',
    ],
    [
      '3',
      '031504E530365CF81264238540518318',
      '6A18904AA8E966A03505F5EEBDAEBD82',
      '40CB2F0C2E043D060063FAA916A849E1',
    ],
    [
      '4',
      '0EEFC7ADA628BA68878DA9165A8A1887',
      '77BBD3FB827158B9B12880B0794D1C74',
      '51FDE192BC484F769AA0A86F8BC5CB30',
    ],
    [
      '5',
      'C2A7AC328A5DA2D6002D62465BFC028B',
      'C0CE6DA1F4434AD16EEEBF486C9616CD',
      '4B508F51104D184A9190061ED854200E',
    ],
    [
      '6',
      'D30F7D9351DA58448A2F5E92B4EE3B7D',
      '05222AE91471C590B3A9471523324C14',
      'ED90BD8AE4571C75CF08EA3EA195ABF8',
    ],
    [
      '7',
      'A8253CEED9AC042C54F75D35C8352278',
      '37FA54258AAF805A44AA1273C0DF928C',
      '52D6C1D3A95B1D21761E20870D9A7E8C',
    ],
    [
      '8',
      '718EE6CF0B27E53D5F7AF99C4D8146A2',
      '85C7CA68F55F51E7DCAC969B8C111130',
      'B45399DB90C0BA75DB4B86605758695A',
    ],
  ])(
    'transaction %s has the key and the seals that the standard prints',
    (counter, key, request, response) => {
      const keys = aesDukpt(AES_BASE, hex(`12345678901234560000000${counter}`));
      expect(upper(keys.key)).toBe(key);
      expect(upper(aesCmac(keys.working('macGenerate'), Buffer.from(CARD_TEXT)))).toBe(request);
      expect(upper(aesCmac(keys.working('macVerify'), Buffer.from(CARD_TEXT)))).toBe(response);
    },
  );

  test.each([
    ['a base key of eight bytes', hex('0123456789ABCDEF'), '123456789012345600000001', 'bad-size'],
    ['a serial number of ten bytes', AES_BASE, '12345678901234560001', 'bad-size'],
    ['counter zero', AES_BASE, '123456789012345600000000', 'bad-counter'],
    ['seventeen one bits', AES_BASE, '12345678901234560001FFFF', 'bad-counter'],
  ])('%s is refused', (_, base, ksn, code) => {
    expect(codeOf(() => aesDukpt(base, hex(ksn)))).toBe(code);
  });

  test('sixteen one bits are the most, the highest counter and longer base keys work', () => {
    expect(codeOf(() => aesDukpt(AES_BASE, hex('12345678901234560000FFFF')))).toBe('none');
    expect(codeOf(() => aesDukpt(AES_BASE, hex('1234567890123456FFFF0000')))).toBe('none');
    for (const size of [24, 32]) {
      expect(
        aesDukpt(Buffer.alloc(size, 7), hex('123456789012345600000001')).working('dataBoth').length,
      ).toBe(size);
    }
  });

  test('every counter has keys of its own', () => {
    const counter = fc.integer({ min: 1, max: 0xffff });
    fc.assert(
      fc.property(counter, counter, (a, b) => {
        const keyOf = (n: number) =>
          upper(aesDukpt(AES_BASE, hex(`1234567890123456${n.toString(16).padStart(8, '0')}`)).key);
        expect(keyOf(a) === keyOf(b)).toBe(a === b);
      }),
      { numRuns: 40, seed: 42 },
    );
  });
});
