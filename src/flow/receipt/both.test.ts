import { expect, test } from 'vitest';
import { RECEIPT_WORDS } from '../../i18n/receipt-words.ts';
import { inBoth } from './both.ts';

const words = inBoth(RECEIPT_WORDS['zh-CN'], RECEIPT_WORDS.en);

test('labels of a slip in two languages stand side by side', () => {
  expect(words.total).toBe('合计 Total');
  expect(words.tenders.cash).toBe('现金 Cash');
  expect(words.charge.batch).toBe('批次号 Batch');
});

test('long texts have a line for each language', () => {
  expect(words.unsaved.split('\n')).toEqual([RECEIPT_WORDS['zh-CN'].unsaved, RECEIPT_WORDS.en.unsaved]);
});

test('what one language says within the other is said once', () => {
  expect(words.charge.purposes.sale).toBe('消费 SALE');
  expect(inBoth(RECEIPT_WORDS.en, RECEIPT_WORDS.ar).tenders.wechat).toBe('WeChat Pay');
});

test('no word is lost', () => {
  const texts = (tree: object): readonly string[] =>
    Object.values(tree).flatMap((each: unknown) =>
      typeof each === 'string' ? [each] : texts(each as object),
    );
  expect(texts(words)).toHaveLength(texts(RECEIPT_WORDS.en).length);
  for (const [index, text] of texts(words).entries()) expect(text).toContain(texts(RECEIPT_WORDS.en)[index]);
});
