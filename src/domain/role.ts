import * as z from 'zod/mini';
import type { OperatorId } from './ids.ts';
import { kit } from './schema.ts';

/** What a person at the till may do. An owner may all; a cashier sells and reprints; a manager also gives money back and settles differences. */
export const ROLES = ['owner', 'manager', 'cashier'] as const;
export type Role = (typeof ROLES)[number];

export const RIGHTS = ['sell', 'reprint', 'refund', 'override', 'devices', 'settings', 'office'] as const;
export type Right = (typeof RIGHTS)[number];

const GRANTED: Readonly<Record<Role, readonly Right[]>> = {
  owner: RIGHTS,
  manager: ['sell', 'reprint', 'refund', 'override', 'devices', 'office'],
  cashier: ['sell', 'reprint'],
};

export const may = (role: Role, right: Right): boolean => GRANTED[role].includes(right);

export const OperatorSchema = z.strictObject({
  id: kit.branded<OperatorId>(/^[a-z0-9-]{1,32}$/, 'an operator id'),
  name: kit.text(40),
  role: z.enum(ROLES),
});
export type Operator = z.infer<typeof OperatorSchema>;
