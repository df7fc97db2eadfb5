/** Rows of one bill: more than a shop makes in a day by far. */
const ROWS_MAX = 500_000;

/**
 * Splits comma separated text into rows of trimmed cells, with quoted cells (`"a,""b"""`) as RFC 4180 has them. Throws RangeError
 * beyond ROWS_MAX.
 */
export function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (rows.length >= ROWS_MAX) throw new RangeError('too many rows');
    rows.push(cellsOf(line));
  }
  return rows;
}

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (quoted && char === '"' && line.charAt(at + 1) === '"') {
      cell += '"';
      at++;
    } else if (char === '"' && (quoted || cell === '')) {
      quoted = !quoted;
    } else if (char === ',' && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += char;
    }
  }
  cells.push(cell.trim());
  return cells;
}

/** Reads a row by the names of its columns. Throws RangeError when a needed column is missing. */
export function columnReader(
  header: readonly string[],
  needed: readonly string[],
): (row: readonly string[], column: string) => string {
  const places = new Map(header.map((name, place) => [name, place]));
  for (const column of needed) if (!places.has(column)) throw new RangeError(`no column ${column}`);
  return (row, column) => row[places.get(column) ?? -1] ?? '';
}
