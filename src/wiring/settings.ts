import * as z from 'zod/mini';
import { ROUNDING_RULES } from '../domain/rounding.ts';
import { kit } from '../domain/schema.ts';
import { LANGUAGES, type Language } from '../domain/shop.ts';
import { DEFAULT_STATIC_CAP } from '../flow/sale/offers.ts';
import type { Settings } from '../flow/services.ts';
import { OPENING_KEYS } from '../store/vault-keys.ts';

export const SETTINGS_KEY = OPENING_KEYS.settings;

const SettingsSchema = z.strictObject({
  language: z.enum(LANGUAGES),
  theme: z.enum(['auto', 'light', 'dark']),
  rounding: z.enum(ROUNDING_RULES),
  autoPrint: z.boolean(),
  sound: z.boolean(),
  staticCap: z._default(kit.positiveAmount, DEFAULT_STATIC_CAP),
});

/** Settings as kept, or as a new till starts: in the language of the browser, printing by itself. */
export function readSettings(kept: unknown, browserLanguage: string): Settings {
  const stored = z.safeParse(SettingsSchema, kept);
  if (stored.success) return stored.data;
  const language: Language = browserLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  return {
    language,
    theme: 'auto',
    rounding: 'none',
    autoPrint: true,
    sound: true,
    staticCap: DEFAULT_STATIC_CAP,
  };
}
