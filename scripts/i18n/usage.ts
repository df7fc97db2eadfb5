import ts from 'typescript';

/** What the code says in its own words: texts in quotes, and beginnings and ends of those it puts together. */
export interface Usage {
  readonly literals: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
  /** First arguments of the functions that look a text up. */
  readonly asked: ReadonlySet<string>;
}

/** Names of the functions that pages and speakers look texts up with. */
const LOOK_UPS = new Set(['t', 'p', 'c', 'b', 'h', 'w', 'known']);

/** Reads the sources that use texts, not those that hold them. */
export function usageIn(sources: readonly string[]): Usage {
  const literals = new Set<string>();
  const patterns = new Map<string, RegExp>();
  const asked = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text);
    if (ts.isTemplateExpression(node)) {
      const pattern = patternOf(node);
      if (pattern !== undefined) patterns.set(pattern.source, pattern);
    }
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.name.text
        : ts.isIdentifier(node.expression)
          ? node.expression.text
          : '';
      const [first] = node.arguments;
      if (LOOK_UPS.has(name) && first !== undefined && ts.isStringLiteralLike(first)) asked.add(first.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) visit(ts.createSourceFile('', source, ts.ScriptTarget.Latest));
  return { literals, patterns: [...patterns.values()], asked };
}

/** A key that is put together. Without a beginning or an end of its own it could be any key, and says nothing. */
function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp | undefined {
  const end = templateSpans.at(-1)?.literal.text ?? '';
  if (!/^[a-z][\w-]*[.-]/.test(head.text) && !/^[.-][a-z]{2,}/.test(end)) return undefined;
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped(head.text)}${templateSpans.map((span) => `.+${escaped(span.literal.text)}`).join('')}$`,
  );
}

export const isUsed = (key: string, { literals, patterns }: Usage): boolean =>
  literals.has(key) || patterns.some((pattern) => pattern.test(key));
