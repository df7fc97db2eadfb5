import { expect } from 'vitest';
import { IngestResponseSchema, ProblemSchema } from '../../../src/contract/api.ts';
import type { Call, FakeTill } from './fake-till.ts';

/** The body of an answer to a batch that must have been taken. */
export async function accepted(response: Response) {
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return IngestResponseSchema.parse(body);
}

/** The problem in an answer that must be a refusal, with its status. */
export async function refused(response: Response) {
  const problem = ProblemSchema.parse(await response.json());
  return { status: response.status, ...problem };
}

/** Opens an office window as the till's owner does; the cookie to send with every request. */
export async function openOffice(call: Call, till: FakeTill): Promise<string> {
  const response = await call(await till.officeLink());
  return response.headers.get('set-cookie')!.split(';')[0]!;
}

/** A code from the office: for a new till, or for a new key of the till `rekey`. */
export async function officeCode(call: Call, till: FakeTill, rekey?: string): Promise<string> {
  const cookie = await openOffice(call, till);
  const page = await (await call('/office', { headers: { cookie } })).text();
  const form = /name="form" value="([^"]+)"/.exec(page)![1]!;
  const body = new URLSearchParams({ form, ...(rekey === undefined ? {} : { till: rekey }) });
  const response = await call('/office/code', { method: 'POST', headers: { cookie }, body });
  return /data-testid="code">([^<]+)</.exec(await response.text())![1]!;
}
