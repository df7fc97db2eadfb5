// Weights of the built page, gzipped. The first paint is what index.html pulls in by itself: the entry and
// everything it imports statically, as the build's own manifest tells; lazy chunks do not count.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const DIST = join(__dirname, 'dist');

function manifest() {
  const file = join(DIST, '.vite', 'manifest.json');
  if (!existsSync(file)) throw new Error('There is no built page to weigh. Run: npm run build');
  return JSON.parse(readFileSync(file, 'utf8'));
}

function firstPaint() {
  const chunks = manifest();
  const entry = Object.keys(chunks).find((key) => chunks[key].isEntry && key === 'index.html');
  if (!entry) throw new Error('The build manifest has no entry for index.html.');
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of chunks[key].imports ?? []) visit(next);
  };
  visit(entry);
  return [...seen].map((key) => join('dist', chunks[key].file));
}

/** Worker bundles are assets of the build, not chunks of the page: they are known by their file name. */
function workers() {
  return readdirSync(join(DIST, 'assets'))
    .filter((file) => /worker.*[.]js$/.test(file))
    .map((file) => join('dist', 'assets', file));
}

const weigh = (name, path, limit) => ({ name, path, limit, gzip: true });

module.exports = [
  weigh('first-paint script', firstPaint(), '60 kB'),
  ...workers().map((path) => weigh(`worker ${path.replace(/-[\w-]{8}[.]js$/, '')}`, path, '40 kB')),
  weigh('service worker', 'dist/sw.js', '20 kB'),
];
