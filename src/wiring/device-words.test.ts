import { describe, expect, test } from 'vitest';
import { DEVICE_ERROR_CODES } from '../devices/errors.ts';
import { PRINT_DOUBTS, READER_REASONS, READER_REFUSALS, TERMINAL_REASONS } from '../devices/reasons.ts';
import { LANGUAGES } from '../domain/language.ts';
import { counterSpeaker } from '../i18n/counter-words.ts';
import { paymentSpeaker } from '../i18n/payment-words.ts';
import { spoken } from '../i18n/testing/spoken.ts';

/** Reasons of which nothing more is known than that the answer was no. */
const PLAIN_NO: readonly string[] = ['declined'];

// Everything a device can say instead of yes has words a cashier can act on, in every language.
describe.each(LANGUAGES)('in %s', (language) => {
  const translator = spoken(language);
  const payments = paymentSpeaker(translator);
  const counter = counterSpeaker(translator);

  test.each([...new Set([...READER_REASONS, ...TERMINAL_REASONS])])(
    'a payment that ends with %s',
    (reason) => {
      const { kind, title, action } = payments.decline(reason);
      expect(kind === 'other').toBe(PLAIN_NO.includes(reason));
      expect([title.trim(), action.trim()]).not.toContain('');
    },
  );

  test.each(READER_REFUSALS)('a reader that is refused as %s', (refusal) => {
    expect(counter.t(`refused.${refusal}`).trim()).not.toBe('');
  });

  test.each(DEVICE_ERROR_CODES)('a device that cannot be used: %s', (code) => {
    for (const way of [undefined, 'camera', 'nfc'] as const) {
      const { title, meaning, action, code: told } = counter.problem(code, way);
      expect(told).toContain(code);
      expect([title, meaning, action].every((text) => text.trim() !== '')).toBe(true);
    }
  });

  test.each(PRINT_DOUBTS)('a slip in doubt: %s', (doubt) => {
    const { title, meaning, action, code } = translator.article(doubt, 'print');
    expect(code).toContain(doubt);
    expect([title, meaning, action].every((text) => text.trim() !== '')).toBe(true);
  });
});
