import * as z from 'zod/mini';
import { CONTRACT_VERSION } from '../../../src/contract/api.ts';
import { RefusalError } from '../http/problem.ts';

const Versioned = z.looseObject({ contract: z.int() });

/**
 * A versioned body in its shape. The version is looked at first: a page from another time must hear that, not that its
 * body is wrong. Throws RefusalError `unsupported-contract` or `malformed-body`.
 */
export function shaped<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const versioned = z.safeParse(Versioned, value);
  if (!versioned.success) throw new RefusalError('malformed-body');
  if (versioned.data.contract !== CONTRACT_VERSION) throw new RefusalError('unsupported-contract');
  const result = z.safeParse(schema, value);
  if (!result.success) throw new RefusalError('malformed-body');
  return result.data;
}
