import { describe, expect, test } from 'vitest';
import { isStar, profileForStar } from './match.ts';

const named = (name: string) => ({ bus: 'usb' as const, vendorId: 0x0519, name });

describe('Star printers by what they call themselves', () => {
  test.each([
    ['Star mC-Print3', 'star-utf8-80'],
    ['Star Micronics mC-Print2', 'star-utf8-58'],
    ['TSP100IV', 'star-utf8-80'],
    ['Star mPOP', 'star-prnt-58'],
    ['Star TSP654 (STR_T-001)', 'star-line-80'],
    ['', 'star-line-80'],
  ])('%s begins with %s', (name, id) => {
    expect(profileForStar(named(name)).id).toBe(id);
    expect(isStar(named(name))).toBe(true);
  });

  test.each(['Star BSC10', 'Star TSP143 (STR_T-001)', 'TSP100III', 'Star TSP100'])(
    '%s speaks another language',
    (name) => {
      expect(isStar(named(name))).toBe(false);
    },
  );
});
