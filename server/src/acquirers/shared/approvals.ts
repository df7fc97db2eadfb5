import * as z from 'zod/mini';
import { type Approval, ApprovalSchema } from '../../../../src/domain/approval.ts';

/**
 * An approval from what a channel said. Fields that a slip cannot hold are left out rather than refused: money that moved is
 * never denied for an odd bank name.
 */
export function cleanApproval(fields: { [K in keyof Approval]?: Approval[K] | undefined }): Approval {
  const known = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  );
  const whole = z.safeParse(ApprovalSchema, known);
  if (whole.success) return whole.data;
  const bad = new Set(whole.error.issues.map((issue) => String(issue.path[0])));
  return z.parse(
    ApprovalSchema,
    Object.fromEntries(Object.entries(known).filter(([field]) => !bad.has(field))),
  );
}
