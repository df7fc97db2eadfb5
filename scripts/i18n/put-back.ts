import ts from 'typescript';
import type { Language } from '../../src/domain/language.ts';
import type { Message } from '../../src/i18n/message.ts';
import { type Place, placeOf } from '../../src/i18n/testing/texts.ts';

/** Files of one language that belong to an area under another name. */
const PARTS: Readonly<Record<string, string>> = {
  declines: 'payments',
  refunds: 'payments',
  live: 'payments',
  machine: 'words',
};
/** Files that hold all languages of an area. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'display-words.ts': ['display'],
  'pole-words.ts': ['pole'],
  'receipt-words.ts': ['receipt'],
  'voice-words.ts': ['voice'],
  'door-words.ts': ['words'],
};
const ARGUMENTS: readonly string[] = ['title', 'meaning', 'action'];

/** The file with `texts` written into it; those that are not in this file stay in `left`. */
export function putBack(
  name: string,
  code: string,
  language: Language,
  texts: ReadonlyMap<string, Message>,
): { readonly code: string; readonly left: ReadonlyMap<string, Message> } {
  const keysOf = keysIn(name, language);
  const left = new Map(texts);
  if (keysOf === undefined) return { code, left };
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const [where, message] of texts) {
    const keys = keysOf(placeOf(where));
    const node =
      keys &&
      objectsOf(file)
        .map((each) => nodeAt(each, keys))
        .find((each) => each !== undefined);
    if (node === undefined) continue;
    edits.push({ from: node.getStart(), to: node.getEnd(), text: literal(message) });
    left.delete(where);
  }
  let written = code;
  for (const { from, to, text } of edits.sort((one, two) => two.from - one.from))
    written = written.slice(0, from) + text + written.slice(to);
  return { code: written, left };
}

/** Which keys lead to a place in a file; nothing for a file or a place of another area. */
function keysIn(
  name: string,
  language: Language,
): ((place: Place) => readonly string[] | undefined) | undefined {
  const table = TABLES[name];
  if (table !== undefined)
    return ([area, ...keys]) => (table.includes(area) ? [language, ...keys] : undefined);
  const part = new RegExp(`^${language.toLowerCase()}(?:-(.+))?\\.ts$`).exec(name);
  if (part === null) return undefined;
  const area = part[1] === undefined ? 'words' : (PARTS[part[1]] ?? camel(part[1]));
  return ([of, ...keys]) => (of === area ? keys : undefined);
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Object literals that constants of the file are. */
function objectsOf(file: ts.SourceFile): readonly ts.ObjectLiteralExpression[] {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .flatMap(({ initializer }) => {
      let value: ts.Expression | undefined = initializer;
      while (value !== undefined && (ts.isSatisfiesExpression(value) || ts.isAsExpression(value)))
        value = value.expression;
      return value !== undefined && ts.isObjectLiteralExpression(value) ? [value] : [];
    });
}

function nodeAt(node: ts.Expression, [key, ...rest]: readonly string[]): ts.Expression | undefined {
  if (key === undefined) return node;
  if (ts.isCallExpression(node))
    return rest.length === 0 ? node.arguments[ARGUMENTS.indexOf(key)] : undefined;
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const found = node.properties
    .filter(ts.isPropertyAssignment)
    .find(({ name }) => (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text === key);
  return found === undefined ? undefined : nodeAt(found.initializer, rest);
}

const literal = (message: Message): string => JSON.stringify(message);
