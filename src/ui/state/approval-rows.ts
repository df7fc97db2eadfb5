import type { SalePayment } from '../../domain/tender.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import { inOrder } from '../../i18n/speaker.ts';

/** The fields of a card slip that a person looks for, as name and value; absent ones are left out (facts: field 5.2). */
export function approvalRows(
  { approval, account }: Pick<SalePayment, 'approval' | 'account'>,
  { t, of }: PaymentSpeaker,
): readonly (readonly [string, string])[] {
  const number = approval?.card && inOrder(approval.card, of.direction);
  const card =
    number === undefined || approval?.entry === undefined
      ? number
      : `${number} · ${t(`slip.entry.${approval.entry}`)}`;
  const all: readonly (readonly [string, string | undefined])[] = [
    [t('slip.account'), account],
    [t('slip.card'), card],
    [t('slip.issuer'), approval?.issuer],
    [t('slip.acquirer'), approval?.acquirer],
    [t('slip.merchant'), approval?.merchantNumber],
    [t('slip.terminal'), approval?.terminalNumber],
    [t('slip.batch'), approval?.batch],
    [t('slip.trace'), approval?.trace],
    [t('slip.reference'), approval?.reference],
    [t('slip.auth-code'), approval?.authCode],
    [t('slip.channel'), approval?.channelId],
    [t('slip.payer'), approval?.payer],
    ['AID', approval?.emv?.aid],
    ['TVR', approval?.emv?.tvr],
    ['TSI', approval?.emv?.tsi],
    ['ATC', approval?.emv?.atc],
    ['TC', approval?.emv?.tc],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
