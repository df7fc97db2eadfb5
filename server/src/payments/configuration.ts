import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
import { type CodeTable, CodeTableSchema } from '../../../src/domain/rails.ts';
import { ConfigError, type PaymentSettings } from '../config.ts';
import { CHANNELS } from './makers.ts';

/** Bits of a file's mode that let others than its owner read it. */
const OTHERS = 0o077;
const ACQUIRERS_MAX = 100;

const FileSchema = z.strictObject({
  /** Where channels reach this server from the internet. */
  publicUrl: z.optional(z.string().check(z.regex(/^https?:\/\/\S+$/))),
  codeTable: z.optional(CodeTableSchema),
  acquirers: z
    .array(
      z.strictObject({
        id: z.enum(Object.keys(CHANNELS) as [string, ...string[]]),
        /** Only for this shop; for every shop of this server when it is left out. */
        merchant: z.optional(z.string().check(z.regex(/^m-[0-9A-Z]{10}$/))),
        config: z.record(z.string(), z.unknown()),
      }),
    )
    .check(z.maxLength(ACQUIRERS_MAX)),
});

export interface ConfiguredAcquirer {
  readonly id: string;
  readonly merchant?: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Configured {
  readonly publicUrl?: string | undefined;
  readonly codeTable?: CodeTable | undefined;
  readonly acquirers: readonly ConfiguredAcquirer[];
}

/**
 * The acquirers and their keys: from ACQUIRERS (JSON), or from a file that only its owner may read. A value `file:NAME` is read
 * from that file (PEM; beside the JSON file), `env:NAME` from the environment. Undefined when nothing is configured.
 * Throws ConfigError, which never repeats a value.
 */
export function readConfigured(settings: PaymentSettings): Configured | undefined {
  const { file, json, isFileNamed } = settings;
  if (json === undefined && !existsSync(file)) {
    if (!isFileNamed) return undefined;
    throw new ConfigError(`ACQUIRERS_FILE is ${file}, but there is no such file.`);
  }
  const where = json === undefined ? file : 'ACQUIRERS';
  const text = json ?? readPrivate(file);
  const parsed = z.safeParse(FileSchema, parseJson(text, where));
  if (!parsed.success)
    throw new ConfigError(
      `${where}: ${parsed.error.issues[0]?.path.join('.') || 'the whole'} is not as it should be.`,
    );
  const folder = dirname(resolve(file));
  const acquirers = parsed.data.acquirers.map(({ config, ...rest }) => ({
    ...rest,
    config: resolved(config, { folder, where, secret: settings.secret }) as Record<string, unknown>,
  }));
  return acquirers.length === 0 ? undefined : { ...parsed.data, acquirers };
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(`${where} is not JSON.`);
  }
}

/** The text of a file with secrets. Throws ConfigError when others may read it. */
function readPrivate(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    const isPrivate = process.platform === 'win32' || (statSync(file).mode & OTHERS) === 0;
    if (isPrivate || /^-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(text)) return text;
  } catch {
    throw new ConfigError(`${file} cannot be read.`);
  }
  throw new ConfigError(`${file} holds keys, but others may read it. Run: chmod 600 ${file}`);
}

interface References {
  readonly folder: string;
  readonly where: string;
  readonly secret: (name: string) => string | undefined;
}

/** The same value with every reference replaced by what it names. */
function resolved(value: unknown, references: References): unknown {
  if (typeof value === 'string') return resolvedText(value, references);
  if (Array.isArray(value)) return value.map((each) => resolved(each, references));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, references)]));
}

function resolvedText(text: string, { folder, where, secret }: References): string {
  if (text.startsWith('file:')) return readPrivate(resolve(folder, text.slice('file:'.length)));
  if (!text.startsWith('env:')) return text;
  const name = text.slice('env:'.length);
  const found = secret(name);
  if (found === undefined || found === '')
    throw new ConfigError(`${where} refers to ${name}, which is not set.`);
  return found;
}
