// Runs one of our TypeScript commands on the pinned Node, set up first: run.mjs [--build] [--chromium] FILE ARGS…
import { ensureBuilt } from './build.mjs';
import { runFile } from './pinned.mjs';
import { ensureChromium, ensureFonts, installPackages } from './setup.mjs';

const args = process.argv.slice(2);
const at = args.findIndex((arg) => !arg.startsWith('--'));
const needs = new Set(args.slice(0, at));
const [file, ...rest] = args.slice(at);

installPackages();
if (needs.has('--chromium')) {
  ensureChromium();
  ensureFonts();
}
if (needs.has('--build')) ensureBuilt();
process.exit(runFile(file, rest));
