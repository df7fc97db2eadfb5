import { describe, expect, it } from 'vitest';
import { CANARY } from '../till/hardware.ts';
import { leakIn } from './canary.ts';

describe('a leak of what only the card and the code know', () => {
  it.each([
    ['a pay code', `{"code":"28${CANARY}12345678"}`],
    ['an encrypted track', `{"track":"${CANARY}00FFA1B2"}`],
    ['an encrypted track in small letters', `{"track":"${CANARY}00ffa1b2"}`],
    ['the bare sign', CANARY],
    ['a code behind an id that has the same digits', `"24f8d1b8${CANARY}084b" "28${CANARY}12345678"`],
  ])('%s is found', (_, text) => {
    expect(leakIn(text)).toContain(CANARY);
  });

  it('an id that has the same digits by chance is none', () => {
    expect(leakIn(`{"id":"24f8d1b83${CANARY}84b800bcb8e62ae"}`)).toBeUndefined();
  });
});
