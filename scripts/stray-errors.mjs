// A vitest reporter: keeps the errors that belong to no test. They fail a run, and the JSON report does not have them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './pinned.mjs';

export const STRAY_ERRORS = join(ROOT, '.cache', 'stray-errors.json');

// biome-ignore lint/style/noDefaultExport: vitest takes the default export of a reporter file.
export default class StrayErrors {
  onTestRunEnd(_modules, errors) {
    const said = errors.map(({ name, message, stack = '' }) =>
      [`${name}: ${message}`.split('\n')[0], ...stack.split('\n').filter((line) => /\.[mc]?[jt]s/.test(line))]
        .slice(0, 3)
        .join(' '),
    );
    mkdirSync(dirname(STRAY_ERRORS), { recursive: true });
    writeFileSync(STRAY_ERRORS, JSON.stringify(said));
  }
}
