import { describe, expect, test } from 'vitest';
import { ATTEMPT_STATES } from '../../domain/attempt.ts';
import type { Entry, SignedEntry } from '../../domain/entry.ts';
import type { Language } from '../../domain/language.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { minor } from '../../domain/money.ts';
import { booksSpeaker } from '../../i18n/books-words.ts';
import { paymentSpeaker } from '../../i18n/payment-words.ts';
import { loadTranslator } from '../../i18n/translator.ts';
import { entriesOf, recordOf } from '../testing/fake-data.ts';
import { momentOf } from './timeline.ts';

const RECORD = recordOf(9, minor(800));
const [opened, prepared] = entriesOf(RECORD);
const speakersOf = async (language: Language) => {
  const translator = await loadTranslator(language);
  return { books: booksSpeaker(translator), payments: paymentSpeaker(translator) };
};
const signed = (draft: object): SignedEntry => ({
  ...opened!,
  entry: { ...opened!.entry, ...draft } as Entry,
});
const attempt = prepared!.entry.type === 'attempt.prepared' ? prepared!.entry.body.attempt : undefined;
const moved = (state: string, body: object = {}): SignedEntry =>
  signed({ type: `attempt.${state}`, body: { attempt, ...body } });

describe('every entry of a sale in words', () => {
  test.each(LANGUAGES)('each kind has its own in %s, and no hole', async (language) => {
    const speakers = await speakersOf(language);
    const titles = [
      ...entriesOf(RECORD),
      ...ATTEMPT_STATES.map((state) => moved(state)),
      signed({ type: 'receipt.printed', body: { duplicate: true } }),
      signed({ type: 'receipt.unconfirmed', body: { reason: 'sending', duplicate: false } }),
    ].map((each) => momentOf(each, speakers));
    for (const { title, details } of titles) {
      expect(title).not.toMatch(/^(attempt|sale|receipt)[.]|[{}]|undefined/);
      expect(details.join()).not.toMatch(/[{}]|undefined/);
    }
  });

  test('money that goes back is never called received', async () => {
    const speakers = await speakersOf('zh-CN');
    const back = (state: string) =>
      momentOf(moved(state, { attempt: { ...attempt, purpose: 'refund' } }), speakers);
    expect(back('approved').title).toBe('钱已退回');
    expect(back('declined').title).toBe('没有退成');
    expect(back('unknown').title).toBe('结果未知');
  });

  test('tells how much cash was given, why it was refused, what a manager saw, and where the bank finds it', async () => {
    const speakers = await speakersOf('zh-CN');
    const cash = momentOf(moved('approved', { reason: 'operator-confirmed' }), speakers).details.join(' ');
    expect(cash).toContain('¥10.00');
    expect(cash).toContain('¥2.00');
    expect(cash).toContain('收银员确认收到');
    expect(momentOf(moved('declined', { reason: 'host-51' }), speakers).details.join()).toContain('余额不足');
    expect(momentOf(moved('declined', { reason: 'zz-unheard-of' }), speakers).details).toContain(
      'zz-unheard-of',
    );
    const decided = moved('approved', {
      reason: 'manager',
      evidence: '对账单第3行',
      approval: { channelId: '42000012345678' },
    });
    expect(momentOf(decided, speakers).details.join()).toMatch(/店长决定.*12345678.*对账单第3行/);
  });

  test('says in words and by its sign what is doubtful', async () => {
    const speakers = await speakersOf('en');
    expect(momentOf(moved('unknown'), speakers).tone).toBe('warn');
    expect(momentOf(moved('stuck'), speakers).tone).toBe('bad');
    expect(momentOf(moved('approved'), speakers).tone).toBe('good');
  });
});
