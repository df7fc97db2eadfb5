// One way to ask dependency-cruiser, for the fence, its test and the picture.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedEnv, ROOT } from './pinned.mjs';

const FOLDERS = ['src', 'server', 'e2e', 'bench', 'scripts'];
const OUTPUT_MAX_BYTES = 256 * 1024 * 1024;

/**
 * Cruises the TypeScript under `folder` (default: this repository) by our rules.
 * @returns {{ modules: { source: string, dependencies: { resolved: string }[] }[], violations: { rule: string, from: string, to: string }[] }}
 * @throws {Error} when nothing was cruised: a fence around no modules is always green.
 */
export function cruise(folder = ROOT) {
  const folders = FOLDERS.filter((name) => existsSync(join(folder, name)));
  const tool = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [tool, ...folders, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const answer = spawnSync('node', args, {
    cwd: folder,
    encoding: 'utf8',
    env: pinnedEnv(),
    maxBuffer: OUTPUT_MAX_BYTES,
  });
  if (!answer.stdout.startsWith('{')) throw new Error(answer.stderr || answer.stdout || String(answer.error));
  const { modules, summary } = JSON.parse(answer.stdout);
  const ours = modules.filter(({ source }) => FOLDERS.some((name) => source.startsWith(`${name}/`)));
  if (!ours.some(({ source }) => /^(src|server)\/.*[.]ts$/.test(source))) {
    throw new Error(
      'dependency-cruiser saw no TypeScript module: is the installed TypeScript one that it can use?',
    );
  }
  return {
    modules: ours.map(({ source, dependencies }) => ({ source, dependencies })),
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
