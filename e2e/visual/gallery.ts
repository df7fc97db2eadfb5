import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../scripts/pinned.mjs';
import { contentSecurityPolicy } from '../../server/src/http/headers.ts';

// The gallery is built apart from the page and served on this machine only: its pages show paid sales that nobody paid, so no
// shop's server has them (docs/design-system.md). `npm run gallery` keeps it open for eyes.

const OUT = join(ROOT, '.cache', 'gallery');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export async function buildGallery(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(ROOT, 'src', 'ui', 'testing', 'gallery.html') },
    },
  });
}

/** The built gallery under the policy of the real pages: what they forbid fails here too. */
export class Gallery {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/src/ui/testing/gallery.html`;
  }

  /** `port` 0: any that is free. */
  static async start(port = 0): Promise<Gallery> {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://gallery').pathname);
      const file = join(OUT, path);
      if (!file.startsWith(OUT) || !existsSync(file) || !statSync(file).isFile())
        return void response.writeHead(404).end();
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(),
      });
      createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new Gallery(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
