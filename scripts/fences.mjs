// npm run fences: which folder may import which (.dependency-cruiser.cjs).
import { cruise } from './cruise.mjs';

const { modules, violations } = cruise();
for (const { rule, from, to } of violations)
  console.error(`${rule}: ${from}${to === from ? '' : ` → ${to}`}`);
console.log(`${modules.length} modules, ${violations.length} bad imports`);
process.exit(violations.length === 0 ? 0 : 1);
