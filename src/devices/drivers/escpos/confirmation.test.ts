import { describe, expect, test } from 'vitest';
import { confirmationId, OrderedAnswers } from './confirmation.ts';

describe('proof of a job', () => {
  test('ids are four printable characters and differ from job to job', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) =>
      confirmationId(index.toString(16).padStart(32, '0')),
    );
    for (const id of ids) expect(id).toMatch(/^[\x20-\x7e]{4}$/);
    expect(new Set(ids).size).toBe(2_000);
    expect(confirmationId('ab')).toBe(confirmationId('ab'));
  });

  test('answers without a name belong to the questions in order', () => {
    const answers = new OrderedAnswers();
    answers.answer();
    const first = answers.ask();
    expect(answers.isAnswered(first)).toBe(false);
    const second = answers.ask();
    answers.answer();
    expect([answers.isAnswered(first), answers.isAnswered(second)]).toEqual([true, false]);
    answers.giveUp();
    const third = answers.ask();
    answers.answer();
    expect(answers.isAnswered(third)).toBe(true);
  });
});
