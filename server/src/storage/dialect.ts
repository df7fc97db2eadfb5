/** Quoted text, quoted names and comments: what a translation must pass over. */
const PASSED_OVER = String.raw`'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*[\s\S]*?\*/`;
const PLACEHOLDER = new RegExp(String.raw`(${PASSED_OVER})|\?`, 'g');
const TEXT_TYPE = new RegExp(String.raw`(${PASSED_OVER})|\bTEXT\b`, 'gi');

/** Our `?` placeholders as PostgreSQL's `$1`, `$2` … */
export function withNumbers(text: string): string {
  let count = 0;
  return text.replaceAll(PLACEHOLDER, (_found, passed: string | undefined) => {
    if (passed !== undefined) return passed;
    count += 1;
    return `$${count}`;
  });
}

/**
 * Columns of a script ordered and compared by their bytes, as SQLite does, whatever locale the database was made with. An
 * index by a locale also breaks silently when an update of the system changes that locale's order.
 */
export function withByteOrder(script: string): string {
  return script.replaceAll(
    TEXT_TYPE,
    (found, passed: string | undefined) => passed ?? `${found} COLLATE "C"`,
  );
}
