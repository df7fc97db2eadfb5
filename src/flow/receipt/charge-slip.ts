import type { Approval } from '../../domain/approval.ts';
import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import { subtract } from '../../domain/money.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';
import type { Refund } from '../../domain/refund.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { SlipContext } from './document.ts';
import { cardOf } from './payment-rows.ts';
import { money, printedTime } from './printed.ts';
import type { ReceiptWords } from './words.ts';

/** Who keeps the paper: 商户存根 is signed and kept for a year, 持卡人存根 goes with the customer. */
export type Copy = 'merchant' | 'cardholder';

/** One movement of money with a bank or a wallet, as it stands on a 签购单. */
export interface Charge {
  readonly attempt: Pick<Attempt, 'attemptId' | 'tender' | 'amount' | 'purpose' | 'tip' | 'method'>;
  readonly approval: Approval;
  readonly at: number;
  /** The voucher number of the original, for a void. */
  readonly originalTrace?: string;
}

/** The 签购单 with all its fields (facts: field 5.2) and the EMV lines of a chip. What the channel did not say is left out. */
export function chargeSlip(
  { attempt, approval, at, originalTrace }: Charge,
  { copy, duplicate }: { readonly copy: Copy; readonly duplicate: boolean },
  { shop, words, operatorName, training }: SlipContext,
): ReceiptDocument {
  const { charge } = words;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [charge.merchantNumber, approval.merchantNumber],
    [charge.terminalNumber, approval.terminalNumber],
    [words.operator, operatorName],
    [charge.acquirer, approval.acquirer],
    [charge.issuer, approval.issuer],
    [charge.card, cardOf(approval)],
    [charge.payer, approval.payer],
    [charge.kind, charge.purposes[purposeOf(attempt as Attempt)]],
    [words.tender, words.tenders[attempt.tender]],
    [charge.batch, approval.batch],
    [charge.trace, approval.trace],
    [charge.reference, approval.reference],
    [charge.authCode, approval.authCode],
    [charge.channelId, approval.channelId],
    [words.date, printedTime(approval.paidAt ?? at, shop.timeZone)],
  ];
  const blocks: ReceiptBlock[] = [
    { kind: 'text', text: charge.title, align: 'center', size: 'large', bold: true },
    { kind: 'text', text: shop.name, align: 'center', bold: true },
    { kind: 'text', text: charge.copies[copy], align: 'center' },
    ...(duplicate ? [marked(words.duplicate)] : []),
    ...(training || approval.demo === true ? [marked(training ? words.training : words.demo)] : []),
    { kind: 'rule' },
    ...rows.flatMap(([left, right]) => (right === undefined ? [] : [pair(left, right)])),
    { kind: 'rule' },
    ...amounts(attempt, shop, words),
    ...(originalTrace === undefined ? [] : [pair(charge.originalTrace, originalTrace)]),
    ...(approval.offline === true ? [{ kind: 'text', text: charge.offline } as const] : []),
    ...emvLines(approval),
    { kind: 'text', text: attempt.attemptId },
  ];
  if (copy === 'merchant' && approval.signature === true)
    blocks.push({ kind: 'feed', lines: 2 }, pair(charge.signature, '________________'));
  blocks.push({ kind: 'text', text: charge.agree, align: 'center' });
  if (duplicate) blocks.push(marked(words.duplicate));
  return { v: 1, language: shop.language, blocks };
}

const pair = (left: string, right: string): ReceiptBlock => ({ kind: 'pair', left, right });
const marked = (text: string): ReceiptBlock => ({ kind: 'text', text, align: 'center', bold: true });

function amounts(
  attempt: Charge['attempt'],
  shop: SlipContext['shop'],
  words: ReceiptWords,
): readonly ReceiptBlock[] {
  const { amount, tip } = attempt;
  const whole: ReceiptBlock = {
    kind: 'pair',
    left: words.charge.amount,
    right: money(amount, shop),
    size: 'large',
    bold: true,
  };
  if (tip === undefined) return [whole];
  return [
    pair(words.charge.base, money(subtract(amount, tip), shop)),
    pair(words.tip, money(tip, shop)),
    { ...whole, left: words.total },
  ];
}

/** AID, label, TVR, TSI, ATC, AIP and cryptogram, two on a line. */
function emvLines({ emv }: Approval): readonly ReceiptBlock[] {
  if (emv === undefined) return [];
  const { aid, label, tvr, tsi, atc, aip, tc } = emv;
  const named = Object.entries({ AID: aid, LABEL: label, TVR: tvr, TSI: tsi, ATC: atc, AIP: aip, TC: tc });
  const told = named.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return told.map((text) => ({ kind: 'text', text }));
}

/** True when the bank wants a paper of its own for this payment. */
export const needsChargeSlip = ({ tender, approval }: SalePayment): boolean =>
  tender === 'card' && approval !== undefined;

interface RefundSlipFacts {
  /** Of the sale. */
  readonly number: string;
  readonly at: number;
  readonly duplicate: boolean;
  /** Parts that a channel has accepted and not finished. */
  readonly underWay?: readonly string[];
}

/** The slip of money that went back: what, by which way, and for which sale. */
export function refundSlip(
  refund: Refund,
  { number, at, duplicate, underWay = [] }: RefundSlipFacts,
  { shop, words, operatorName, training }: SlipContext,
): ReceiptDocument {
  const title = refund.kind === 'void' ? words.charge.purposes.void : words.charge.purposes.refund;
  const blocks: ReceiptBlock[] = [
    { kind: 'text', text: shop.name, align: 'center', size: 'large', bold: true },
    { kind: 'text', text: title, align: 'center', size: 'large', bold: true },
    ...(duplicate ? [marked(words.duplicate)] : []),
    ...(training ? [marked(words.training)] : []),
    { kind: 'rule', character: '=' },
    pair(words.originalNumber, number),
    pair(words.date, printedTime(at, shop.timeZone)),
    pair(words.operator, operatorName),
    { kind: 'rule' },
    ...refund.parts.flatMap((part) => {
      const amount = pair(words.tenders[part.tender], `-${money(part.amount, shop)}`);
      return underWay.includes(part.attemptId) ? [amount, pair('', words.onItsWay)] : [amount];
    }),
    { kind: 'pair', left: title, right: `-${money(refund.amount, shop)}`, size: 'large', bold: true },
    ...(refund.points === undefined ? [] : [pair(words.pointsBack, money(refund.points, shop))]),
    ...(underWay.length === 0 ? [] : [{ kind: 'text', text: words.onItsWayMeaning } as const]),
    { kind: 'feed', lines: 1 },
    pair(words.charge.signature, '________________'),
    ...(duplicate ? [marked(words.duplicate)] : []),
  ];
  return { v: 1, language: shop.language, blocks };
}
