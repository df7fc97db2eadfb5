import type { Language } from '../domain/shop.ts';

/**
 * Fixed words of slips, by language. Plain data for the composition root to hand to the receipt flow; its shape is that of
 * `ReceiptWords` there, which this folder may not import.
 */
export const RECEIPT_WORDS = {
  'zh-CN': {
    number: '单号',
    date: '日期',
    operator: '收银员',
    amountLine: '收款',
    subtotal: '小计',
    rounding: '抹零',
    total: '合计',
    tendered: '实收',
    change: '找零',
    tenders: { cash: '现金' },
    duplicate: '*** 重打印 ***',
    training: '培训模式 非真实交易',
    unsaved: '本单尚未存入流水账，请保留此票',
    scan: '扫码查看电子小票',
    thanks: '谢谢惠顾',
    testTitle: '打印测试',
    testText: '汉字、English、1234567890、￥12.50 都能看清，打印机就设好了。',
  },
  en: {
    number: 'No.',
    date: 'Date',
    operator: 'Served by',
    amountLine: 'Amount',
    subtotal: 'Subtotal',
    rounding: 'Rounding',
    total: 'Total',
    tendered: 'Received',
    change: 'Change',
    tenders: { cash: 'Cash' },
    duplicate: '*** DUPLICATE ***',
    training: 'TRAINING - NOT A REAL SALE',
    unsaved: 'Not stored in the journal yet. Keep this slip.',
    scan: 'Scan for the e-receipt',
    thanks: 'Thank you',
    testTitle: 'Test slip',
    testText: 'If 汉字, English, 1234567890 and ￥12.50 are all readable, the printer is set up.',
  },
} as const satisfies Readonly<Record<Language, object>>;
