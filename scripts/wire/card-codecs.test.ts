import { describe, expect, test } from 'vitest';
import { wire } from './command.ts';

const CARD = '4761739001010119';
const messages = (...args: string[]) => (wire(['decode', ...args]) as { messages: unknown[] }).messages;
const codeOf = (...args: string[]): string => {
  try {
    wire(args);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('wire, for cards', () => {
  test('decodes TLV with names, and hides card data', () => {
    expect(messages('tlv', `9F2608 0102030405060708 5A08${CARD}`)).toEqual([
      { tag: '9F26', name: 'Application Cryptogram', length: 8, value: '0102030405060708' },
      { tag: '5A', name: 'Application Primary Account Number', length: 8, masked: '****0119' },
    ]);
  });

  test('encodes TLV from tags, values and children', () => {
    const items = [
      { tag: '77', children: [{ tag: '82', value: '7C00' }] },
      { tag: '9f36', value: '0157' },
    ];
    expect(wire(['encode', 'tlv', JSON.stringify(items)])).toEqual({ hex: '770482027C009F36020157' });
    expect(wire(['encode', 'tlv', '{"tag":"95"}'])).toEqual({ hex: '9500' });
  });

  test('decodes and encodes a QR payload, which is text', () => {
    const { hex } = wire([
      'encode',
      'emv-qr',
      '[{"id":"26","children":[{"id":"00","value":"cn.shop"}]},{"id":"59","value":"小店"}]',
    ]) as { hex: string };
    const text = Buffer.from(hex, 'hex').toString();
    expect(text).toMatch(/^00020126110007cn\.shop5902小店6304/);
    expect(messages('emv-qr', text)).toEqual([
      { id: '00', name: 'Payload Format Indicator', value: '01' },
      {
        id: '26',
        name: 'Merchant Account Information',
        value: '0007cn.shop',
        children: [{ id: '00', value: 'cn.shop' }],
      },
      { id: '59', name: 'Merchant Name', value: '小店' },
      { id: '63', name: 'CRC', value: text.slice(-4) },
    ]);
    expect(codeOf('decode', 'emv-qr', text.replace('小', '大'))).toBe('bad-checksum');
  });

  test('decodes a bank message with and without its frame, card data masked', () => {
    const message = {
      tpdu: '6000030000',
      header: '603100310000',
      mti: '0200',
      fields: { 2: CARD, 3: '000000', 55: `5A08${CARD}9F360201AA` },
    };
    const { hex } = wire(['encode', 'iso8583', JSON.stringify(message)]) as { hex: string };
    const body = {
      mti: '0200',
      bitmap: '6000000000000200',
      fields: [
        { field: 2, name: 'Primary Account Number', masked: '****0119' },
        { field: 3, name: 'Processing Code', value: '000000' },
        {
          field: 55,
          name: 'EMV Data',
          tags: [
            { tag: '5A', name: 'Application Primary Account Number', length: 8, masked: '****0119' },
            { tag: '9F36', name: 'Application Transaction Counter', length: 2, value: '01AA' },
          ],
        },
      ],
    };
    const head = { tpdu: '6000030000', header: '603100310000' };
    expect(messages('iso8583', hex)).toEqual([{ length: hex.length / 2 - 2, ...head, ...body }]);
    expect(messages('iso8583', hex.slice(4))).toEqual([{ ...head, ...body }]);
    expect(messages('iso8583', hex.slice(26))).toEqual([body]);
    const { tpdu: _tpdu, header: _header, ...bare } = message;
    expect(wire(['encode', 'iso8583', JSON.stringify(bare)])).toEqual({ hex: hex.slice(26) });
  });

  test('derives the keys of a reader', () => {
    expect(wire(['dukpt', 'tdes', '0123456789ABCDEFFEDCBA9876543210', 'FFFF9876543210E00001'])).toEqual({
      initialKey: '6AC292FAA1315B4D858AB3A3D7D5933A',
      key: '042666B49184CFA368DE9628D0397BC9',
      pin: '042666B49184CF5C68DE9628D0397B36',
      mac: '042666B4918430A368DE9628D03984C9',
      data: '448D3F076D8304036A55A3D7E0055A78',
    });
    expect(wire(['dukpt', 'aes', 'FEDCBA9876543210F1F1F1F1F1F1F1F1', '123456789012345600000001'])).toEqual({
      initialKey: '1273671EA26AC29AFA4D1084127652A1',
      key: '4F21B565BAD9835E112B6465635EAE44',
      pin: 'AF8CB133A78F8DC2D1359F18527593FB',
      mac: 'A2DC23DE6FDE0824A2BC321E08E4B8B7',
      data: 'A35C412EFD41FDB98B69797C02DCD08F',
    });
  });

  test.each([
    [['decode', 'tlv', '5A'], 'truncated'],
    [['decode', 'tlv', 'xyz'], 'bad-hex'],
    [['decode', 'iso8583', '0200'], 'truncated-bitmap'],
    [['decode', 'iso8583', '02002000000000000000 00'], 'truncated-field'],
    [['decode', 'iso8583', `0200000000000000020000025A08`], 'truncated'],
    [['decode', 'emv-qr', 'hello'], 'not-emv-qr'],
    [['encode', 'tlv', '[{"tag":"zz"}]'], 'bad-command'],
    [['encode', 'tlv', '[{"tag":"9F"}]'], 'bad-tag'],
    [['encode', 'iso8583', '{"mti":"0200","fields":{"4":"1"}}'], 'over-long-field'],
    [['encode', 'iso8583', '{"fields":{}}'], 'bad-command'],
    [['encode', 'emv-qr', '{}'], 'bad-command'],
    [['encode', 'emv-qr', '[{"id":"59"}]'], 'bad-object'],
    [['encode', 'escpos-status', '{}'], 'unknown-codec'],
    [['dukpt', 'des', '00', '00'], 'usage'],
    [['dukpt', 'tdes', '00', '00'], 'bad-size'],
    [['dukpt', 'aes', 'FEDCBA9876543210F1F1F1F1F1F1F1F1', '123456789012345600000000'], 'bad-counter'],
    [['dukpt', 'tdes', 'zz', '00'], 'bad-hex'],
  ])('%j ends with %s', (args, code) => {
    expect(codeOf(...args)).toBe(code);
  });
});
