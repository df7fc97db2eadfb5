import type { Language, Shop } from '../../../src/domain/shop.ts';
import type { OfficeSession } from '../access/gate.ts';

/** Who looks at the office, and in which language. */
export interface Visit {
  readonly session: OfficeSession;
  readonly shop: Shop;
  readonly language: Language;
}
