import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { StarStatusDecoder } from '../../codecs/star/status.ts';

const lines = readFileSync(new URL('./captures/replies.hex', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^[0-9A-F]/.test(line));

test.each(lines)('%s is one whole reply, also one byte at a time', (line) => {
  const bytes = Buffer.from(line.replace(/#.*/, '').trim(), 'hex');
  const decoder = new StarStatusDecoder();
  const replies = [...bytes].flatMap((byte) => [...decoder.push(Uint8Array.of(byte))]);
  expect(replies).toHaveLength(1);
  expect(replies).toEqual(new StarStatusDecoder().push(bytes));
  expect(['status', 'counter']).toContain(replies[0]?.kind);
});
