// Draws the app's icons from public/icons/icon.svg. Run by hand when the mark changes: `node scripts/icons.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumArgs, chromiumPath } from './chromium.mjs';

const ICONS = join(dirname(fileURLToPath(import.meta.url)), '..', 'public', 'icons');
const INK = '#101516';
const svg = readFileSync(join(ICONS, 'icon.svg'), 'utf8');
/** The machine without its rounded ground: systems cut their own shape. */
const bare = svg.replace(/<rect[^>]*>/, '');

/** A drawing of the interface (24 grid) on the ground of a shortcut. */
const shortcut = (path) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 48 48"><path fill="none" stroke="#ff7a1a" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="${path}"/></svg>`;

/** `inset`: share of the edge left free on each side; a maskable icon may lose a fifth. */
const PICTURES = [
  { file: 'icon-192.png', size: 192, picture: svg },
  { file: 'icon-512.png', size: 512, picture: svg },
  { file: 'maskable-512.png', size: 512, picture: bare, ground: INK, inset: 0.08 },
  { file: 'apple-touch-icon.png', size: 180, picture: bare, ground: INK },
  { file: 'favicon-32.png', size: 32, picture: svg },
  {
    file: 'shortcut-till.png',
    size: 96,
    ground: INK,
    picture: shortcut(
      'M5 10h14v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1zM8 10V4h8v6M8.5 13.5h1M11.5 13.5h1M14.5 13.5h1M8.5 16.5h1M11.5 16.5h1M14.5 16.5h1',
    ),
  },
  {
    file: 'shortcut-today.png',
    size: 96,
    ground: INK,
    picture: shortcut('M6 3h12v18l-2-1.4-2 1.4-2-1.4-2 1.4-2-1.4L6 21zM9 8h6M9 12h6M9 16h3'),
  },
];

const executablePath = chromiumPath();
const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath ? { executablePath } : {}) });
try {
  for (const { file, size, picture, ground = 'transparent', inset = 0 } of PICTURES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const source = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`;
    await page.setContent(
      `<body style="margin:0;background:${ground}"><img src="${source}" style="display:block;box-sizing:border-box;width:100vw;height:100vh;padding:${inset * 100}%">`,
    );
    await page.screenshot({ path: join(ICONS, file), omitBackground: ground === 'transparent' });
    await page.close();
  }
} finally {
  await browser.close();
}

// An .ico may hold a PNG as it is: a directory of one picture, then the picture.
const png = readFileSync(join(ICONS, 'favicon-32.png'));
const head = Buffer.alloc(22);
head.writeUInt16LE(1, 2);
head.writeUInt16LE(1, 4);
head.writeUInt8(32, 6);
head.writeUInt8(32, 7);
head.writeUInt16LE(1, 10);
head.writeUInt16LE(32, 12);
head.writeUInt32LE(png.length, 14);
head.writeUInt32LE(22, 18);
writeFileSync(join(ICONS, '..', 'favicon.ico'), Buffer.concat([head, png]));
