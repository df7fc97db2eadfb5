import type { SignedEntry } from '../domain/entry.ts';
import type { JournalFile } from '../flow/books-service.ts';
import type { Namespace } from '../store/protocol.ts';
import { rescueEntries } from '../store/rescue.ts';

/** Lines put into the file at once: the browser may keep what it has on disk meanwhile. */
const LINES_AT_ONCE = 500;

/** The journal as it is. Rejects when it cannot be read, or holds nothing. */
export async function writeJournal(entries: AsyncIterable<SignedEntry>, day: string): Promise<JournalFile> {
  const parts: Blob[] = [];
  let lines: string[] = [];
  let count = 0;
  let last: SignedEntry | undefined;
  const flush = (): void => {
    if (lines.length > 0) parts.push(new Blob([`${lines.join('\n')}\n`]));
    lines = [];
  };
  for await (const signed of entries) {
    lines.push(JSON.stringify(signed));
    count += 1;
    last = signed;
    if (lines.length >= LINES_AT_ONCE) flush();
  }
  flush();
  if (last === undefined) throw new RangeError('no entries');
  return { name: fileName(last, day), content: ofLines(parts), entries: count, rescued: false };
}

/** What the files still hold; undefined when that is nothing. */
export async function rescueJournal(namespace: Namespace, day: string): Promise<JournalFile | undefined> {
  const entries = await rescueEntries(`xiaoji-${namespace}`);
  const last = entries.at(-1);
  if (last === undefined) return undefined;
  const lines = entries.map((signed) => `${JSON.stringify(signed)}\n`);
  return { name: fileName(last, day), content: ofLines(lines), entries: entries.length, rescued: true };
}

const ofLines = (parts: BlobPart[]): Blob => new Blob(parts, { type: 'application/x-ndjson' });

const fileName = ({ entry }: SignedEntry, day: string): string =>
  `xiaoji-journal-${entry.till}-${entry.epoch}-${entry.seq}-${day}.jsonl`;
