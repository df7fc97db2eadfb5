// npm run arch: draws who imports whom, by folder, into docs/architecture.md. `--check` only tells whether it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from './cruise.mjs';
import { ROOT } from './pinned.mjs';

const PAGE = join(ROOT, 'docs', 'architecture.md');
const BEGIN = '<!-- picture: begin (npm run arch) -->';
const END = '<!-- picture: end -->';

/** Folders below these are boxes of their own, because the fence tells them apart. */
const SPLIT = ['src/devices'];

/** The box that a file belongs to, or `undefined` for what is not part of the product. */
export function boxOf(file) {
  if (/[.]test[.]ts$|[.]d[.]ts$|\/testing\//.test(file)) return undefined;
  const parts = file.split('/');
  if (parts[0] === 'server') return parts[1] === 'sandbox' ? 'server/sandbox' : 'server';
  if (parts[0] !== 'src') return undefined;
  if (parts.length === 2) return file;
  const folder = `src/${parts[1]}`;
  return SPLIT.includes(folder) && parts.length > 3 ? `${folder}/${parts[2]}` : folder;
}

/** @param {{ source: string, dependencies: { resolved: string }[] }[]} modules */
export function picture(modules) {
  const boxes = new Set();
  const arrows = new Set();
  for (const { source, dependencies } of modules) {
    const from = boxOf(source);
    if (!from) continue;
    boxes.add(from);
    for (const { resolved } of dependencies) {
      const to = boxOf(resolved);
      if (to && to !== from) arrows.add(`  ${idOf(from)} --> ${idOf(to)}`);
    }
  }
  const nodes = [...boxes].sort().map((box) => `  ${idOf(box)}["${box.replace(/^src\//, '')}"]`);
  return ['```mermaid', 'flowchart TD', ...nodes, ...[...arrows].sort(), '```'].join('\n');
}

function idOf(box) {
  return box.replace(/[^a-z0-9]/gi, '_');
}

function pageWith(drawing) {
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`docs/architecture.md has lost its markers ${BEGIN} and ${END}`);
  return { page, redrawn: `${page.slice(0, begin + BEGIN.length)}\n\n${drawing}\n\n${page.slice(end)}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { page, redrawn } = pageWith(picture(cruise().modules));
  if (!process.argv.includes('--check')) writeFileSync(PAGE, redrawn);
  else if (page !== redrawn) {
    console.error('The picture in docs/architecture.md is stale. Run: npm run arch');
    process.exit(1);
  }
}
