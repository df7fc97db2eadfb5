import * as z from 'zod/mini';
import { LANGUAGES, languageOf } from '../domain/language.ts';
import { ACCENTS, CONTRASTS, KEYS } from '../domain/look.ts';
import { PRICE_LABELS } from '../domain/price-label.ts';
import { ROUNDING_RULES } from '../domain/rounding.ts';
import { kit } from '../domain/schema.ts';
import { DEFAULT_STATIC_CAP } from '../flow/sale/offers.ts';
import type { Settings } from '../flow/services.ts';
import { OPENING_KEYS } from '../store/vault-keys.ts';

export const SETTINGS_KEY = OPENING_KEYS.settings;

const SettingsSchema = z.strictObject({
  language: z.enum(LANGUAGES),
  theme: z.enum(['auto', 'light', 'dark']),
  contrast: z._default(z.enum(CONTRASTS), 'auto'),
  accent: z._default(z.enum(ACCENTS), 'orange'),
  keys: z._default(z.enum(KEYS), 'anywhere'),
  rounding: z.enum(ROUNDING_RULES),
  autoPrint: z.boolean(),
  sound: z.boolean(),
  volume: z._default(z.enum(['low', 'middle', 'high']), 'middle'),
  voice: z._default(z.boolean(), true),
  secondLanguage: z._default(z.enum([...LANGUAGES, 'none']), 'none'),
  staticCap: z._default(kit.positiveAmount, DEFAULT_STATIC_CAP),
  priceLabels: z._default(z.enum(PRICE_LABELS), 'none'),
});

/** Settings as kept, or as a new till starts: in the language of the browser, printing by itself. */
export function readSettings(kept: unknown, browserLanguage: string): Settings {
  const stored = z.safeParse(SettingsSchema, kept);
  if (stored.success) return stored.data;
  return {
    language: languageOf(browserLanguage),
    theme: 'auto',
    contrast: 'auto',
    accent: 'orange',
    keys: 'anywhere',
    rounding: 'none',
    autoPrint: true,
    sound: true,
    volume: 'middle',
    voice: true,
    secondLanguage: 'none',
    staticCap: DEFAULT_STATIC_CAP,
    priceLabels: 'none',
  };
}
