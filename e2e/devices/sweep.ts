import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CDPSession, Page } from '@playwright/test';
import { filesUnder } from '../payments/canary.ts';
import { everythingKept } from '../payments/page-storage.ts';
import type { ServerProcess } from '../server-process.ts';

/** A place that was looked through, and its text; bytes stand as Latin-1. */
export type Places = Readonly<Record<string, string>>;

/** What the page said to anybody: the network and the console, from the first moment of the browser's life. */
export class Overheard {
  #network = '';
  #console = '';

  listen(page: Page): void {
    const context = page.context();
    context.on('request', (request) => {
      const body = request.postDataBuffer()?.toString('latin1') ?? '';
      this.#network += `${request.method()} ${request.url()} ${JSON.stringify(request.headers())}\n${body}\n`;
    });
    context.on('console', (message) => {
      this.#console += `${message.text()}\n`;
    });
    context.on('weberror', (error) => {
      this.#console += `${error.error().stack}\n`;
    });
  }

  get places(): Places {
    return { network: this.#network, console: this.#console };
  }
}

/**
 * Everything that this till and its server keep, said, show and printed. The heap first: to look for a secret in the page
 * would bring it there.
 */
export async function allPlaces(page: Page, server: ServerProcess, overheard: Overheard): Promise<Places> {
  const session = await page.context().newCDPSession(page);
  const heap = await heapOf(session);
  await session.detach();
  return {
    heap,
    ...overheard.places,
    ...(await everythingKept(page)),
    ...(await cacheBodies(page)),
    screen: await page.evaluate(shownText),
    paper: await page.evaluate(() =>
      [counterBench.paper('printer'), counterBench.paper('printer-2')].join('\n'),
    ),
    report: await reportOf(page),
    ...filesUnder(server.dataDir),
    sql: rowsOf(join(server.dataDir, 'xiaoji.db')),
    'server log': server.output,
  };
}

/**
 * Every string that is alive in the page's JavaScript, whole: the launch option lifts the limit of 1,024 characters. The bytes
 * of buffers are in no snapshot, and the browser lets nobody else read them: that drivers wipe what they read is for their own tests.
 * Workers are not in it; what they get of a payment is what they write down, and that is looked through.
 */
async function heapOf(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: false });
  return chunks.join('');
}

/** Runs in the page. */
async function bodies(): Promise<Record<string, string>> {
  const kept: Record<string, string> = {};
  const latin = new TextDecoder('latin1');
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const body = await (await cache.match(request))?.arrayBuffer();
      if (body !== undefined) kept[`cache ${request.url}`] = latin.decode(body);
    }
  }
  return kept;
}
const cacheBodies = (page: Page): Promise<Record<string, string>> => page.evaluate(bodies);

/** Runs in the page: the text of everything on the screen, fields and shadow trees with it. */
function shownText(): string {
  const read = (root: Document | ShadowRoot): string =>
    [...root.querySelectorAll('*')]
      .map((each) => {
        const value = each instanceof HTMLInputElement ? each.value : '';
        const inside = each.shadowRoot === null ? '' : read(each.shadowRoot);
        const attributes = [...each.attributes].map((attribute) => attribute.value).join(' ');
        const text = [...each.childNodes]
          .flatMap((node) => (node instanceof Text ? node.data : []))
          .join(' ');
        return `${text} ${value} ${attributes} ${inside}`;
      })
      .join('\n');
  return read(document);
}

/** What the owner would send to a supplier. */
async function reportOf(page: Page): Promise<string> {
  await page.getByTestId('nav-devices').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByTestId('report-save').click()]);
  return readFileSync(await saved.path(), 'utf8');
}

/** Every row of the server: a long text may be cut up in the file. */
function rowsOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const latin = new TextDecoder('latin1');
  const plain = (_: string, value: unknown) => (ArrayBuffer.isView(value) ? latin.decode(value) : value);
  const rows = tables.map(({ name }) =>
    JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all(), plain),
  );
  database.close();
  return rows.join('\n');
}

/** Bytes as Node's Latin-1 shows them, and as a browser's does, which is Windows' (WHATWG Encoding, 4.2). */
const textsOf = (bytes: Buffer): readonly string[] => [
  bytes.toString('latin1'),
  new TextDecoder('windows-1252').decode(bytes),
];

/** Shorter than this, a piece of base64 is found in anything. */
const BASE64_MIN = 12;

/** How a secret may stand somewhere: as it is, in groups, as hex or base64 of its text, as UTF-16, and in packed digits. */
function formsOf(secret: string): readonly string[] {
  const text = Buffer.from(secret);
  const groups = secret.match(/.{1,4}/g) ?? [];
  const whole = secret.length % 2 === 0 ? [secret] : [`0${secret}`, `${secret}f`];
  const packed = /^\d+$/.test(secret) ? whole.flatMap((digits) => textsOf(Buffer.from(digits, 'hex'))) : [];
  // What its base64 is inside, for each of the three ways to lie in the bytes around it.
  const base64 = [0, 1, 2]
    .map((shift) =>
      Buffer.concat([Buffer.alloc(shift), text])
        .toString('base64')
        .slice(4, -4),
    )
    .filter((piece) => piece.length >= BASE64_MIN);
  const hex = text.toString('hex');
  const utf16 = Buffer.from(secret, 'utf16le').toString('latin1');
  const forms = [
    secret,
    groups.join(' '),
    groups.join('-'),
    hex,
    hex.toUpperCase(),
    utf16,
    ...packed,
    ...base64,
  ];
  // Databases and the heap come as JSON, which writes signs below a blank in its own way.
  return [...new Set(forms.flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]))];
}

/** Where each secret was found. */
export const found = (places: Places, secrets: readonly (readonly [string, string])[]): readonly string[] =>
  Object.entries(places).flatMap(([place, text]) =>
    secrets
      .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
      .map(([from]) => `${place}: ${from}`),
  );
