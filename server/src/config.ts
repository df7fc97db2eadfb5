import { resolve } from 'node:path';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Folder of the built page. */
  readonly dist: string;
}

/** A setting that makes no sense. The message is one sentence for the person who started the server. */
export class ConfigError extends Error {
  readonly code = 'bad-setting';
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

const DEFAULT_PORT = 8080;

/** The settings from the environment: PORT, HOST, DATA_DIR, DIST_DIR. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  if ((env['DATABASE_URL'] ?? '') !== '') {
    throw new ConfigError(
      'DATABASE_URL is set, but this version keeps its data in DATA_DIR only. Unset DATABASE_URL.',
    );
  }
  const port = env['PORT'] ?? String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ConfigError(`PORT is ${port}, but a port is a number from 0 to 65535.`);
  }
  return {
    port: Number(port),
    host: env['HOST'] ?? '127.0.0.1',
    dataDir: resolve(root, env['DATA_DIR'] ?? 'data'),
    dist: resolve(root, env['DIST_DIR'] ?? 'dist'),
  };
}
