import { expect } from 'vitest';
import { AttemptAnswerSchema, ProblemSchema } from '../../../src/contract/api.ts';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { newAttemptId, newSaleId } from '../../../src/domain/ids.ts';
import { minor } from '../../../src/domain/money.ts';
import { jsonPost } from './fake-till.ts';
import type { TestApp } from './test-app.ts';

/** A WeChat pay code, as a scanner reads it. */
export const WECHAT_CODE = '134567890123456789';

/** The payment calls of one enrolled till, with what they answer. */
export async function openPaymentTill(server: TestApp) {
  const till = await server.enrolTill();
  const token = await till.token();
  const headers = { authorization: `Bearer ${token}` };
  const send = (path: string, body: object): Promise<Response> =>
    server.call(path, jsonPost({ contract: 1, ...body }, headers));
  const answered = async (response: Response) => {
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    return AttemptAnswerSchema.parse(body);
  };
  const postRaw = (attempt: Attempt, more: object = {}): Promise<Response> =>
    send('/api/attempts', {
      attempt,
      subject: '晨光小店',
      ...(attempt.method === 'customer-code' && attempt.original === undefined ? { code: WECHAT_CODE } : {}),
      ...more,
    });
  return {
    till,
    headers,
    send,
    postRaw,
    attempt: (change: Partial<Attempt> = {}): Attempt => ({
      attemptId: newAttemptId(server.random),
      saleId: newSaleId(server.random),
      tender: 'wechat',
      method: 'customer-code',
      amount: minor(1_000),
      currency: 'CNY',
      ...change,
    }),
    post: async (attempt: Attempt, more: object = {}) => answered(await postRaw(attempt, more)),
    query: async (attempt: Attempt) => answered(await send('/api/attempts/query', { attempt })),
    reverse: async (attempt: Attempt, reason = 'operator') =>
      answered(await send('/api/attempts/reverse', { attempt, reason })),
    /** The code of a refusal to post. */
    refusal: async (attempt: Attempt, more: object = {}) => {
      const response = await postRaw(attempt, more);
      return [response.status, ProblemSchema.parse(await response.json()).code];
    },
  };
}

export type PaymentTill = Awaited<ReturnType<typeof openPaymentTill>>;
