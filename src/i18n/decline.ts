/** What a channel means when it says no, in the words a cashier can act on. */
export type Decline =
  | 'funds'
  | 'code-invalid'
  | 'code-expired'
  | 'card-expired'
  | 'card-invalid'
  | 'pin'
  | 'limit'
  | 'account'
  | 'not-allowed'
  | 'do-not-honor'
  | 'issuer'
  | 'merchant'
  | 'cancelled'
  | 'timeout'
  | 'offline'
  | 'device'
  | 'card-unread'
  | 'chip'
  | 'not-refunded'
  | 'operator'
  | 'restart'
  | 'no-answer'
  | 'other';

/** ISO 8583 field 39, as bank and UnionPay QR hosts say it. */
const HOST: Readonly<Record<string, Decline>> = {
  '01': 'do-not-honor',
  '03': 'merchant',
  '04': 'do-not-honor',
  '05': 'do-not-honor',
  '12': 'not-allowed',
  '13': 'not-allowed',
  '14': 'card-invalid',
  '15': 'issuer',
  '30': 'merchant',
  '33': 'card-expired',
  '38': 'pin',
  '40': 'not-allowed',
  '41': 'account',
  '43': 'account',
  '51': 'funds',
  '54': 'card-expired',
  '55': 'pin',
  '57': 'not-allowed',
  '58': 'merchant',
  '61': 'limit',
  '62': 'account',
  '65': 'limit',
  '75': 'pin',
  '91': 'issuer',
  '92': 'issuer',
};

/** Words of the wallets, of card processors and of our own machine, spelt without case, dots, dashes and underscores. */
const WORDS: readonly (readonly [RegExp, Decline])[] = [
  [/^refund/, 'not-refunded'],
  [/notenough|insufficient|balance/, 'funds'],
  [/auth(code)?expired?|codeexpired?/, 'code-expired'],
  [/authcode|notapaycode/, 'code-invalid'],
  [/expiredcard/, 'card-expired'],
  [/incorrectnumber|invalidnumber/, 'card-invalid'],
  [/pin|password/, 'pin'],
  [/limit|restriction|exceed/, 'limit'],
  [/notsup+ortcard|cardnotsupported/, 'not-allowed'],
  [
    /appid|mch|seller|isv|noauth|accessforbidden|accounterror|contract|railunavailable|paramerror/,
    'merchant',
  ],
  [/buyer|useraccount|payerror|account|lostcard|stolencard/, 'account'],
  [/userpaying|notpay|waitbuyerpay|notscanned|expired?$|timeout|closed|revoked/, 'timeout'],
  [/cancel/, 'cancelled'],
  [/offline|unreachable|network/, 'offline'],
  [/nodevice|lost|busy|notloaded|noterminal|noaccess/, 'device'],
  [/readfailed|cardnotread|badread|fallback/, 'card-unread'],
  [/aac|cardrefused|carddeclined|cryptogram/, 'chip'],
  [/^operator$|operatordenied|manager/, 'operator'],
  [/restart/, 'restart'],
  [/window|noanswer|silence|notfound/, 'no-answer'],
  [/donothonor|genericdecline|tradeerror/, 'do-not-honor'],
  [/issuer|bankerror/, 'issuer'],
];

/** The family of a reason; `other` for one nobody has met yet. */
export function declineOf(reason: string): Decline {
  const code = /^(?:host|code)-(\d\d)$/.exec(reason)?.[1];
  if (code !== undefined) return HOST[code] ?? 'other';
  const bare = reason.toLowerCase().replace(/[^a-z0-9]/g, '');
  return WORDS.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
}
