import type { OperatorId } from '../../../src/domain/ids.ts';
import type { Operator } from '../../../src/domain/role.ts';
import type { Shop } from '../../../src/domain/shop.ts';

/** The shop of every storm. */
export const SHOP: Shop = {
  name: '晨光小店',
  trade: 'retail',
  language: 'zh-CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};
export const OWNER: Operator = { id: 'owner-1' as OperatorId, name: '陈店主', role: 'owner' };
