/** Code that moves or signs money, in parts small enough for one run. Paths from the repository's root; globs are allowed. */
export interface Part {
  readonly name: string;
  readonly mutate: readonly string[];
  /** The tests that must notice: those of the pure code. A whole till is too slow to be asked a thousand times. */
  readonly tests: readonly string[];
}

const DOMAIN_TESTS = 'src/domain/*.test.ts';
const ISO8583 = 'server/src/acquirers/iso8583';

export const PARTS: readonly Part[] = [
  {
    name: 'money',
    mutate: ['src/domain/{money,rounding,amount-entry,tender,sale}.ts'],
    tests: [DOMAIN_TESTS],
  },
  { name: 'ledger', mutate: ['src/domain/{ledger,chain}.ts'], tests: [DOMAIN_TESTS] },
  {
    name: 'refund',
    mutate: ['src/domain/refund-quote.ts', 'src/flow/refund/{refund,refund-story}.ts'],
    tests: [
      'src/domain/{refund-quote,refund-lines}.test.ts',
      'src/flow/refund/{refund,refund-story}.test.ts',
    ],
  },
  {
    name: 'sale',
    mutate: ['src/flow/sale/{checkout,tendering,tendering-model,editing,commit,sale-story,offers}.ts'],
    tests: [
      'src/flow/sale/{checkout,checkout-reports,tendering,paying,editing,commit,sale-story,offers}.test.ts',
    ],
  },
  {
    name: 'attempt',
    mutate: [
      'src/domain/{attempt,rails}.ts',
      'src/flow/payment/{payment,step,moves,undoing,pause,attempt-facts,stored-attempt,late-refund,server-rail,attempt-entries}.ts',
    ],
    tests: [
      'src/domain/{attempt,rails}.test.ts',
      'src/flow/payment/{arrows,undoing,stored-attempt,server-rail,server-requests,pause}.test.ts',
    ],
  },
  {
    name: 'iso8583',
    mutate: [`${ISO8583}/{codec,wire,frame,fields}.ts`],
    tests: [`${ISO8583}/{codec,fields,wire}.test.ts`],
  },
  { name: 'keys', mutate: [`${ISO8583}/keys/!(*.test).ts`], tests: [`${ISO8583}/keys/*.test.ts`] },
  {
    name: 'signatures',
    mutate: [
      'server/src/acquirers/*/signatures.ts',
      'server/src/acquirers/alipay/{client,notify}.ts',
      'server/src/acquirers/wechatpay/{client,notice}.ts',
      'server/src/acquirers/unionpay-qr/{client,notice}.ts',
      'server/src/acquirers/stripe/webhook.ts',
    ],
    tests: [
      'server/src/acquirers/{alipay,wechatpay,unionpay-qr,stripe}/{adapter,bill-download,callbacks,client,notice,notify,signatures,webhook}.test.ts',
    ],
  },
  {
    name: 'payments',
    mutate: ['server/src/payments/{standing,original,admission}.ts'],
    tests: ['server/src/payments/{standing,heard,referring,admission}.test.ts'],
  },
];
