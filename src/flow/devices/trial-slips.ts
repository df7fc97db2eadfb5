import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';

/** Ways to send text, in the order in which they are tried: the first that is readable is kept. */
export const CHARSETS = ['gb18030', 'gbk', 'utf8', 'raster'] as const;
export type Charset = (typeof CHARSETS)[number];

/** Widths of paper, in half-width characters. */
export const PAPER_COLUMNS = [32, 42, 48] as const;
export type PaperColumns = (typeof PAPER_COLUMNS)[number];

/** The widest: a ruler of this length shows on any paper where its first line ends. */
const RULER_COLUMNS = 48;
/** Numbers of the ruler. Each ends at its own column. */
const RULER_MARKS = [10, 20, 32, 42, 48];

/** Dots with numbers among them: on paper, the last number of the first line says how wide it is. */
export const RULER = RULER_MARKS.reduce(
  (line, mark) => line.padEnd(mark - String(mark).length, '.') + mark,
  '',
).padEnd(RULER_COLUMNS, '.');

/** What the slip of a charset says of itself. */
export const charsetMark = (charset: Charset): string =>
  `${CHARSETS.indexOf(charset) + 1}/${CHARSETS.length} ${charset.toUpperCase()}`;

const slip = (...blocks: readonly ReceiptBlock[]): ReceiptDocument => ({
  v: 1,
  language: 'zh-CN',
  blocks: [...blocks],
});

/**
 * Proves a charset and the width on one paper: hanzi, the yen sign, and the euro sign, which tells GB 18030 from GBK. To be
 * laid out for RULER_COLUMNS, so that the printer itself breaks the ruler. Not translated: it is a pattern, like a ruler.
 */
export function charsetSlip(charset: Charset): ReceiptDocument {
  return slip(
    { kind: 'text', text: '收银小票 ￥12.50' },
    { kind: 'text', text: '€12.50 ①②③ 龘' },
    { kind: 'text', text: charsetMark(charset) },
    { kind: 'text', text: RULER },
    { kind: 'feed', lines: 2 },
  );
}

/** Proves width and cutter: figures at the right edge, then the cut. */
export function cutterSlip(): ReceiptDocument {
  return slip(
    { kind: 'text', text: '收银小票', align: 'center', size: 'large' },
    { kind: 'rule' },
    { kind: 'pair', left: '合计', right: '￥12.50' },
    { kind: 'rule' },
  );
}
