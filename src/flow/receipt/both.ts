import type { ReceiptWords } from './words.ts';

/** Beyond this many characters the second language has a line of its own, where the text is not a label. */
const ONE_LINE = 22;

/** Words of a slip in two languages, the shop's first. What is the same in both is said once. */
export function inBoth(first: ReceiptWords, second: ReceiptWords): ReceiptWords {
  return merged(first, second);
}

function together(first: string, second: string): string {
  if (first.includes(second)) return first;
  if (second.includes(first)) return second;
  return `${first}${first.length + second.length > ONE_LINE ? '\n' : ' '}${second}`;
}

/** Both are the same tree of texts. */
function merged<Tree extends object>(first: Tree, second: Tree): Tree {
  const entries = Object.entries(first).map(([key, value]: [string, unknown]) => {
    const other: unknown = Reflect.get(second, key);
    if (typeof value === 'string' && typeof other === 'string') return [key, together(value, other)];
    const isPair = typeof value === 'object' && value !== null && typeof other === 'object' && other !== null;
    return [key, isPair ? merged(value, other) : value];
  });
  return { ...first, ...Object.fromEntries(entries) };
}
