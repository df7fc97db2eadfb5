// Weights of the built page, gzipped. The first paint is what index.html pulls in by itself: the entry, what it preloads, and
// everything those import statically, as the build's own manifest tells. The till is that and what it takes to sell.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const DIST = join(__dirname, 'dist');

function manifest() {
  const file = join(DIST, '.vite', 'manifest.json');
  if (!existsSync(file)) throw new Error('There is no built page to weigh. Run: npm run build');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The first chunks, and with `name` the chunk of that name (vite.config.ts). */
function pulledIn(name) {
  const chunks = manifest();
  const seen = new Set();
  const visit = (key) => {
    if (!key) throw new Error('The build manifest does not know a chunk that the page needs.');
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of chunks[key].imports ?? []) visit(next);
  };
  const visitWhere = (isWanted) => visit(Object.keys(chunks).find((key) => isWanted(chunks[key])));
  const page = readFileSync(join(DIST, 'index.html'), 'utf8');
  for (const [, file] of page.matchAll(/<(?:script|link rel="modulepreload")[^>]* (?:src|href)="\/([^"]+)"/g))
    visitWhere((chunk) => chunk.file === file);
  if (name) visitWhere((chunk) => chunk.name === name);
  return [...seen].map((key) => join('dist', chunks[key].file));
}

/** Worker bundles are assets of the build, not chunks of the page: they are known by their file name. */
function workers() {
  return readdirSync(join(DIST, 'assets'))
    .filter((file) => /worker.*[.]js$/.test(file))
    .map((file) => join('dist', 'assets', file));
}

/** What reads codes in camera pictures, where the browser cannot: fetched when the camera is first used (docs/adr/0026). */
function codeReader() {
  return readdirSync(join(DIST, 'assets'))
    .filter((file) => /^zxing_reader.*[.]wasm$/.test(file))
    .map((file) => join('dist', 'assets', file));
}

const weigh = (name, path, limit) => ({ name, path, limit, gzip: true });

module.exports = [
  weigh('first-paint script', pulledIn(), '25 kB'),
  weigh('till script', pulledIn('till'), '90 kB'),
  ...workers().map((path) => weigh(`worker ${path.replace(/-[\w-]{8}[.]js$/, '')}`, path, '40 kB')),
  weigh('code reader', codeReader(), '450 kB'),
  weigh('service worker', 'dist/sw.js', '20 kB'),
];
