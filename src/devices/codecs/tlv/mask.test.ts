import { describe, expect, test } from 'vitest';
import { parseTlv } from './ber-tlv.ts';
import { isSensitiveTag, maskedCardNumber, showTlv } from './mask.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const shown = (text: string) => showTlv(parseTlv(bytes(text)));
/** A card number of the range that schemes publish for tests. */
const CARD = '4761739001010119';

describe('showing TLV', () => {
  test('gives tags and values in upper-case hex, with names and nesting', () => {
    expect(shown('7708 8202 7c00 dfaa01 00')).toEqual([
      {
        tag: '77',
        name: 'Response Message Template Format 2',
        length: 8,
        children: [
          { tag: '82', name: 'Application Interchange Profile', length: 2, value: '7C00' },
          { tag: 'DFAA01', length: 0, value: '' },
        ],
      },
    ]);
  });

  test.each([
    ['5A', `5A08${CARD}`],
    ['5A of odd length', `5A09${CARD}1F`],
    ['57', `5711${CARD}D22122011758928889`],
    ['9F6B', `9F6B11${CARD}D22122011758928889`],
    ['56', `5614${Buffer.from(`B${CARD}^A/`).toString('hex')}`],
  ])('%s shows the last four digits at most', (_, text) => {
    const [node] = shown(text);
    expect(node?.value).toBeUndefined();
    expect(node?.masked).toMatch(/^\*{4}\d{4}$/);
    expect(JSON.stringify(node)).not.toContain(CARD.slice(0, 6));
    expect(JSON.stringify(node)).not.toContain('2212');
  });

  test.each(['5F20', '5F24', '99', '9F1F', '9F20', '9F0B'])(
    '%s shows nothing, inside a template too',
    (tag) => {
      const text = JSON.stringify(
        shown(`70${(tag.length / 2 + 4).toString(16).padStart(2, '0')}${tag}03313233`),
      );
      expect(text).toContain('"masked":"****"');
      expect(text).not.toContain('3132');
    },
  );

  test('a card number tag with too few digits to hide shows nothing', () => {
    expect(shown('5A0212 34')[0]?.masked).toBe('****');
    expect(shown('5603 423132')[0]?.masked).toBe('****');
    expect(maskedCardNumber('12345678901')).toBe('****');
    expect(maskedCardNumber('123456789012')).toBe('****9012');
    expect(maskedCardNumber('12345678901X')).toBe('****');
  });

  test('knows the tags that must not be shown', () => {
    expect([0x5a, 0x57, 0x56, 0x5f20, 0x9f6b, 0x9f1f, 0x99, 0x5f24].every(isSensitiveTag)).toBe(true);
    expect(isSensitiveTag(0x9f26)).toBe(false);
  });
});
