import { expect, it } from 'vitest';
import { withByteOrder, withNumbers } from './dialect.ts';

it('numbers placeholders from left to right', () => {
  expect(withNumbers('a = ? AND (b = ? OR c > ?)')).toBe('a = $1 AND (b = $2 OR c > $3)');
});

it('passes over quoted text, quoted names and comments, also those that hold each other', () => {
  const text = `SELECT 'a?''?' , "b?""?" -- ' ?\n, ? /* " ? \n ? */ , '/* ' , ?, '*/ -- ?'`;
  expect(withNumbers(text)).toBe(
    `SELECT 'a?''?' , "b?""?" -- ' ?\n, $1 /* " ? \n ? */ , '/* ' , $2, '*/ -- ?'`,
  );
});

it('gives the type TEXT its order, and leaves the word alone elsewhere', () => {
  expect(withByteOrder(`CREATE TABLE x ("text" TEXT NOT NULL, context BIGINT, b text); -- TEXT`)).toBe(
    `CREATE TABLE x ("text" TEXT COLLATE "C" NOT NULL, context BIGINT, b text COLLATE "C"); -- TEXT`,
  );
});
