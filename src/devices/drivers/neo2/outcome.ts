import { objectOf } from './card.ts';

/** Result of a chip's dialogue in the maker's own numbers; a lead, not verified on hardware (facts: devices 3.3). */
const RESULT = 0xdfee25;
const USE_STRIPE = '0007';

/** What the reader says of a chip that has failed. */
export const chipCode = (data: Uint8Array): 'use-stripe' | 'failed' =>
  objectOf(data, RESULT) === USE_STRIPE ? 'use-stripe' : 'failed';
