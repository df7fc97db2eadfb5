import * as z from 'zod/mini';
import { LANGUAGES } from './language.ts';
import { ROUNDING_RULES } from './rounding.ts';
import { kit } from './schema.ts';

/** The four trades a shop can be set up for; each is a preset of screens and words. */
export const TRADES = ['retail', 'catering', 'beauty', 'freelancer'] as const;
export type Trade = (typeof TRADES)[number];

export type { Language } from './language.ts';

/** What is printed and calculated the same way for every sale of the shop. */
export const ShopSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(40)),
  trade: z.enum(TRADES),
  language: z.enum(LANGUAGES),
  currency: kit.currency,
  timeZone: kit.text(64),
  cutoffHour: z.int().check(z.minimum(0), z.maximum(23)),
  rounding: z.enum(ROUNDING_RULES),
});
export type Shop = z.infer<typeof ShopSchema>;
