import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { postgresFolder, startPostgres } from './postgres.mjs';

describe.skipIf(process.platform === 'win32')('finding a PostgreSQL', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'postgres-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });

  function put(name: string, ...programs: readonly string[]): string {
    const folder = join(root, name);
    mkdirSync(folder);
    for (const program of programs) writeFileSync(join(folder, program), '');
    return folder;
  }

  test('POSTGRES_BIN wins over the search path, which wins over the system', () => {
    const chosen = put('chosen', 'initdb', 'postgres');
    const onPath = put('path', 'initdb', 'postgres');
    const system = put('system', 'initdb', 'postgres');
    expect(postgresFolder({ POSTGRES_BIN: chosen, PATH: onPath }, [system])).toBe(chosen);
    expect(postgresFolder({ PATH: onPath }, [system])).toBe(onPath);
    expect(postgresFolder({ PATH: '' }, [system])).toBe(system);
  });

  test('a client without a server is none, and a POSTGRES_BIN that leads nowhere finds nothing else', () => {
    const client = put('client', 'psql');
    const system = put('system', 'initdb', 'postgres');
    expect(postgresFolder({ PATH: client }, [])).toBeUndefined();
    expect(postgresFolder({ POSTGRES_BIN: client, PATH: '' }, [system])).toBeUndefined();
  });

  test('one that cannot be used is told of in one error, and leaves nothing behind', async () => {
    const broken = put('broken', 'initdb', 'postgres');
    vi.stubEnv('TMPDIR', root);
    await expect(startPostgres(broken)).rejects.toThrow();
    expect(readdirSync(root)).toEqual(['broken']);
  });
});
