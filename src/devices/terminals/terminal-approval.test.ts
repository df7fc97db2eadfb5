import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApprovalSchema } from '../../domain/approval.ts';
import { holdsCardNumber } from '../codecs/card-scan/card-scan.ts';
import { maskedAccount, terminalApproval, withoutCards } from './terminal-approval.ts';

const CARD = '4761739001010119';

test('what fits is kept, what does not is left out', () => {
  expect(
    terminalApproval({
      channelId: '0042',
      trace: '000012',
      authCode: '12345678',
      terminalNumber: '',
      card: undefined,
      entry: 'chip',
    }),
  ).toEqual({ channelId: '0042', trace: '000012', entry: 'chip' });
});

test('a card number in any field is masked or gone', () => {
  const approval = terminalApproval({
    channelId: CARD,
    payer: `x ${CARD} y`,
    issuer: '4761 7390 0101 0119',
    card: CARD,
  });
  expect(approval).toEqual({
    channelId: '476173****0119',
    payer: 'x 476173****0119 y',
    issuer: '****',
    card: '476173****0119',
  });
});

test.each([
  ['4761739001010119', '476173****0119'],
  ['476173******0119', '476173****0119'],
  ['6217 99** **** 0018', '621799****0018'],
  ['6227***6666', '****6666'],
  ['0119', '****0119'],
  ['47******0119', '****0119'],
  ['****************0119', '****0119'],
  ['119', undefined],
  ['4761739001010119X', undefined],
  ['', undefined],
])('the account %s is shown as %s', (account, shown) => {
  expect(maskedAccount(account)).toBe(shown);
});

test('whatever a terminal says, an approval is one, without a card number', () => {
  const digits = fc.array(fc.nat(9), { minLength: 0, maxLength: 20 }).map((all) => all.join(''));
  const field = fc.oneof(fc.string(), digits, fc.constant(CARD));
  fc.assert(
    fc.property(
      fc.record({ channelId: field, payer: field, card: field, reference: field, trace: field }),
      (said) => {
        const approval = terminalApproval(said as Parameters<typeof terminalApproval>[0]);
        expect(ApprovalSchema.parse(approval)).toEqual(approval);
        expect(Object.values(approval).some((value) => holdsCardNumber(String(value)))).toBe(false);
        expect(holdsCardNumber(withoutCards(said.payer))).toBe(false);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});
