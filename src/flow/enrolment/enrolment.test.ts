import { describe, expect, test } from 'vitest';
import type { EnrolResponse } from '../../contract/api.ts';
import type { MerchantId, OperatorId, TillId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import { readCode } from './code.ts';
import { type EnrolmentForm, type EnrolmentPorts, enrol } from './enrolment.ts';

const shop: Shop = {
  name: '小面馆',
  trade: 'catering',
  language: 'zh-CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};
const operator = { id: 'owner' as OperatorId, name: '店主', role: 'owner' } as const;
const form: EnrolmentForm = { code: 'abcd efgh', pin: '908172', operator, shop };
const key = { alg: 'Ed25519', kid: '0'.repeat(16), publicKey: 'AA' } as const;

const RESPONSE: EnrolResponse = {
  merchant: 'm-0000000000' as MerchantId,
  till: '01' as TillId,
  shop,
  serverKey: key,
  serverTime: 0,
};

function ports(more: Partial<EnrolmentPorts> = {}) {
  const acts: string[] = [];
  const all: EnrolmentPorts = {
    newKey: async () => key,
    sign: async (text) => `sig of ${text}`,
    enrol: async (request) => {
      acts.push(`enrol ${request.code} ${request.proof}`);
      return {
        kind: 'ok',
        value: RESPONSE,
      };
    },
    adopt: async () => {
      acts.push('adopt');
    },
    operators: {
      operators: async () => [],
      add: async () => {
        acts.push('pin');
      },
      verify: async () => undefined,
      lockState: async () => ({ failures: 0, notBefore: 0 }),
      setLockState: async () => undefined,
    },
    ...more,
  };
  return { all, acts };
}

test.each([
  ['abcd-efgh', 'ABCD-EFGH'],
  [' ab cd ef gh ', 'ABCD-EFGH'],
  ['OIL0-1234', '0110-1234'],
  ['ABCDEFG', undefined],
  ['ABCD-EFGU', undefined],
])('the code typed as %s is %s', (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

describe('enrolment', () => {
  test('proves the key, keeps the PIN, then makes this the till', async () => {
    const { all, acts } = ports();
    await enrol(form, all);
    expect(acts).toEqual(['enrol ABCD-EFGH sig of ABCD-EFGH', 'pin', 'adopt']);
  });
  test.each([
    [{ pin: '123456' }, 'pin-weak'],
    [{ code: 'no code' }, 'code-unknown'],
    [{ shop: { ...shop, name: '  ' } }, 'name-required'],
  ])('asks the server nothing when %o is wrong', async (wrong, code) => {
    const { all, acts } = ports();
    await expect(enrol({ ...form, ...wrong }, all)).rejects.toMatchObject({ code });
    expect(acts).toEqual([]);
  });
  test('leaves no till behind when the server does not answer or refuses', async () => {
    for (const [answer, code] of [
      [{ kind: 'unreachable' }, 'server-unreachable'],
      [{ kind: 'refused', problem: { code: 'code-spent', message: '' } }, 'code-spent'],
    ] as const) {
      const { all, acts } = ports({ enrol: async () => answer });
      await expect(enrol(form, all)).rejects.toMatchObject({ code });
      expect(acts).toEqual([]);
    }
  });
});
