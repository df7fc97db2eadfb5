import { describe, expect, test } from 'vitest';
import { CODECS } from '../wire/codecs.ts';
import { seedsOf } from './seeds.ts';

describe('what the fuzzer starts from', () => {
  test.each(Object.entries(CODECS))('%s has seeds, and its codec reads every one of them', (id, codec) => {
    const seeds = seedsOf(id);
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds) {
      const messages = codec.decode(seed);
      expect(messages.length).toBeGreaterThan(0);
      expect(JSON.stringify(messages)).not.toMatch(/"error"/);
    }
  });

  test('a file of captures with notes is one seed a line', () => {
    const hex = seedsOf('star-status').map((seed) => Buffer.from(seed).toString('hex'));
    expect(hex).toContain('230628000000000000');
    expect(hex).toContain('1b1d030102110100');
  });

  test('a file of captures for several codecs gives each its own', () => {
    const [captured] = seedsOf('cd5220');
    expect(Buffer.from(captured ?? []).toString('latin1')).toBe('\x1bQA0123456789ABCDEFGHIJ\r');
  });
});
