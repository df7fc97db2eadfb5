import { resolve } from 'node:path';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** A PostgreSQL database to use instead of the one in `dataDir`. Holds a password: never log it. */
  readonly databaseUrl?: string;
  /** Folder of the built page. */
  readonly dist: string;
  /** Where acquirers and their keys come from; without it the server moves no electronic money. */
  readonly payments?: PaymentSettings;
}

export interface PaymentSettings {
  /** The JSON file of the acquirers, and whether somebody named it: then it has to be there. */
  readonly file: string;
  readonly isFileNamed: boolean;
  /** The same JSON, from the environment. Holds keys: never log it. */
  readonly json?: string;
  /** Without any acquirer: use the sandbox hosts, where no real money moves. */
  readonly demo: boolean;
  /** Where the sandbox hosts of demo mode can be steered, on this machine only; a free port when not said. */
  readonly sandboxAdminPort?: number;
  /** Where channels reach this server from the internet. */
  readonly publicUrl?: string;
  /** A variable of the environment, for values that refer to one. */
  readonly secret: (name: string) => string | undefined;
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

/** The settings from the environment: PORT, HOST, DATA_DIR, DATABASE_URL, DIST_DIR, and those of payments. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  const databaseUrl = env['DATABASE_URL'] ?? '';
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigError(
      'DATABASE_URL is no address of a PostgreSQL database: it has the form postgres://user:password@host:port/database.',
    );
  }
  return {
    port: portOf(env, 'PORT') ?? DEFAULT_PORT,
    host: env['HOST'] ?? '127.0.0.1',
    dataDir: resolve(root, env['DATA_DIR'] ?? 'data'),
    ...(databaseUrl === '' ? {} : { databaseUrl }),
    dist: resolve(root, env['DIST_DIR'] ?? 'dist'),
    payments: paymentSettings(env, root),
  };
}

/** ACQUIRERS, ACQUIRERS_FILE, PUBLIC_URL, XIAOJI_DEMO, XIAOJI_SANDBOX_ADMIN_PORT. */
function paymentSettings(env: Readonly<Record<string, string | undefined>>, root: string): PaymentSettings {
  const named = env['ACQUIRERS_FILE'] ?? '';
  const json = env['ACQUIRERS'] ?? '';
  const publicUrl = env['PUBLIC_URL'] ?? '';
  if (publicUrl !== '' && !/^https?:\/\/\S+$/.test(publicUrl))
    throw new ConfigError('PUBLIC_URL is no web address: it has the form https://pos.example.com.');
  const sandboxAdminPort = portOf(env, 'XIAOJI_SANDBOX_ADMIN_PORT');
  const file =
    named === '' ? resolve(root, env['DATA_DIR'] ?? 'data', 'acquirers.json') : resolve(root, named);
  return {
    file,
    isFileNamed: named !== '',
    ...(json === '' ? {} : { json }),
    demo: env['XIAOJI_DEMO'] !== 'off',
    ...(sandboxAdminPort === undefined ? {} : { sandboxAdminPort }),
    ...(publicUrl === '' ? {} : { publicUrl }),
    secret: (name) => env[name],
  };
}

function portOf(env: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const port = env[name];
  if (port === undefined) return undefined;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new ConfigError(`${name} is ${port}, but a port is a number from 0 to 65535.`);
}
