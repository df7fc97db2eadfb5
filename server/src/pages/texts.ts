import type { Language } from '../../../src/domain/shop.ts';
import type { Tender } from '../../../src/domain/tender.ts';
import { type AlarmTexts, enAlarms, zhAlarms } from './alarm-texts.ts';
import { enStoredValue, type StoredValueTexts, zhStoredValue } from './stored-value-texts.ts';

/** Words of the server's own pages. The till's are in src/i18n. */
export interface Texts {
  readonly office: string;
  readonly takings: string;
  readonly refunds: string;
  readonly net: string;
  /** Attempts whose end is not known. */
  readonly suspense: string;
  readonly suspenseHint: string;
  readonly sales: string;
  readonly salesCount: (count: number) => string;
  readonly tenders: Readonly<Record<Tender, string>>;
  readonly day: string;
  readonly show: string;
  readonly previousDay: string;
  readonly nextDay: string;
  readonly today: string;
  readonly number: string;
  readonly time: string;
  readonly till: string;
  readonly lines: string;
  readonly tender: string;
  readonly amount: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly older: string;
  readonly newer: string;
  readonly export: string;
  readonly tills: string;
  readonly head: string;
  readonly lastSeen: string;
  readonly clock: string;
  readonly clockAhead: (minutes: number) => string;
  readonly clockFine: string;
  readonly never: string;
  readonly newTillCode: string;
  readonly rekeyCode: string;
  readonly codeTitle: string;
  readonly codeHint: string;
  readonly codeRekeyHint: (till: string) => string;
  readonly back: string;
  readonly alarms: string;
  readonly noAlarms: string;
  readonly held: (count: number) => string;
  readonly alarm: AlarmTexts;
  readonly sale: string;
  readonly operator: string;
  readonly item: string;
  readonly quantity: string;
  readonly price: string;
  readonly unnamed: string;
  readonly subtotal: string;
  readonly rounding: string;
  readonly total: string;
  readonly paid: string;
  readonly tendered: string;
  readonly change: string;
  readonly entries: string;
  readonly entryType: string;
  readonly fingerprint: string;
  readonly receipt: string;
  readonly date: string;
  readonly receiptThanks: string;
  readonly receiptMissing: string;
  readonly receiptMissingHint: string;
  readonly storedValue: StoredValueTexts;
  readonly closed: string;
  readonly closedHint: string;
  readonly notFound: string;
}

const zh: Texts = {
  office: '后台',
  takings: '营业额',
  refunds: '退货',
  net: '净额',
  suspense: '待定款',
  suspenseHint: '这些收款或退款的结果还不知道，收银台正在查询。请勿重复收款。',
  sales: '销售单',
  salesCount: (count) => `${count} 笔`,
  tenders: {
    cash: '现金',
    wechat: '微信支付',
    alipay: '支付宝',
    'unionpay-qr': '云闪付',
    card: '银行卡',
    'static-code': '静态码（未核实）',
    credit: '赊账',
    'stored-value': '储值卡',
  },
  day: '营业日',
  show: '查看',
  previousDay: '前一天',
  nextDay: '后一天',
  today: '今天',
  number: '单号',
  time: '时间',
  till: '收银台',
  lines: '项数',
  tender: '支付方式',
  amount: '金额',
  empty: '这一天还没有销售',
  emptyHint: '收银台离线时照常收款，联网后销售单会自动出现在这里。',
  older: '更早',
  newer: '更新',
  export: '导出表格 (CSV)',
  tills: '收银台',
  head: '已收到',
  lastSeen: '最近联系',
  clock: '时钟',
  clockAhead: (minutes) => `快了至少 ${minutes} 分钟`,
  clockFine: '正常',
  never: '从未',
  newTillCode: '添加收银台',
  rekeyCode: '换钥匙',
  codeTitle: '注册码',
  codeHint: '在新收银台的页面上输入。24 小时内有效，只能用一次。只显示这一次。',
  codeRekeyHint: (till) =>
    `在收银台 ${till} 的页面上输入，旧钥匙随之停用。24 小时内有效，只能用一次。只显示这一次。`,
  back: '返回',
  alarms: '需要留意',
  noAlarms: '一切正常：没有冲突，没有缺口。',
  held: (count) => `另存待查的记录：${count} 条。它们完整保存着，但没有计入营业额。`,
  sale: '销售单',
  operator: '操作员',
  item: '商品',
  quantity: '数量',
  price: '单价',
  unnamed: '金额',
  subtotal: '小计',
  rounding: '抹零',
  total: '合计',
  paid: '已付',
  tendered: '实收',
  change: '找零',
  entries: '流水记录',
  entryType: '类型',
  fingerprint: '指纹',
  receipt: '电子小票',
  date: '日期',
  receiptThanks: '谢谢惠顾',
  receiptMissing: '小票还没有送到服务器',
  receiptMissingHint: '请保留纸质小票，稍后再试。收银台联网后，小票就会出现在这里。',
  alarm: zhAlarms,
  storedValue: zhStoredValue,
  closed: '后台未打开',
  closedHint: '请在收银台上打开“后台”。链接一分钟内有效，只能用一次。',
  notFound: '没有找到',
};

const en: Texts = {
  office: 'Office',
  takings: 'Takings',
  refunds: 'Refunds',
  net: 'net',
  suspense: 'Suspense',
  suspenseHint:
    'The end of these payments or refunds is not known yet; the tills are asking. Do not charge again.',
  sales: 'Sales',
  salesCount: (count) => (count === 1 ? '1 sale' : `${count} sales`),
  tenders: {
    cash: 'Cash',
    wechat: 'WeChat Pay',
    alipay: 'Alipay',
    'unionpay-qr': 'UnionPay QR',
    card: 'Bank card',
    'static-code': 'Static code (not verified)',
    credit: 'On credit',
    'stored-value': 'Stored value',
  },
  day: 'Business day',
  show: 'Show',
  previousDay: 'Day before',
  nextDay: 'Day after',
  today: 'Today',
  number: 'Number',
  time: 'Time',
  till: 'Till',
  lines: 'Lines',
  tender: 'Tender',
  amount: 'Amount',
  empty: 'No sales on this day yet',
  emptyHint:
    'Tills go on selling without a network; their sales appear here by themselves once they are back.',
  older: 'Older',
  newer: 'Newer',
  export: 'Export table (CSV)',
  tills: 'Tills',
  head: 'Received',
  lastSeen: 'Last seen',
  clock: 'Clock',
  clockAhead: (minutes) => `at least ${minutes} min ahead`,
  clockFine: 'fine',
  never: 'never',
  newTillCode: 'Add a till',
  rekeyCode: 'New key',
  codeTitle: 'Enrolment code',
  codeHint: "Type it on the new till's page. Valid for 24 hours, works once, shown only now.",
  codeRekeyHint: (till) =>
    `Type it on the page of till ${till}; its old key is then retired. Valid for 24 hours, works once, shown only now.`,
  back: 'Back',
  alarms: 'Worth a look',
  noAlarms: 'All well: no conflicts, no gaps.',
  held: (count) => `Records kept aside: ${count}. They are stored whole, but not counted in the takings.`,
  sale: 'Sale',
  operator: 'Operator',
  item: 'Item',
  quantity: 'Quantity',
  price: 'Price',
  unnamed: 'Amount',
  subtotal: 'Subtotal',
  rounding: 'Rounding',
  total: 'Total',
  paid: 'Paid',
  tendered: 'Tendered',
  change: 'Change',
  entries: 'Journal records',
  entryType: 'Type',
  fingerprint: 'Fingerprint',
  receipt: 'Receipt',
  date: 'Date',
  receiptThanks: 'Thank you',
  receiptMissing: 'This receipt is not on the server yet',
  receiptMissingHint: 'Please keep the paper and try later. It appears here once the till is online.',
  alarm: enAlarms,
  storedValue: enStoredValue,
  closed: 'The office is not open',
  closedHint: 'Open the office from the till. Its link is valid for one minute and works once.',
  notFound: 'Not found',
};

export const textsOf = (language: Language): Texts => (language === 'en' ? en : zh);
