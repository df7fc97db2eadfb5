// Looks at device bytes from the command line: decodes, encodes, and draws what a printer would put on paper.
import { wire } from './wire/command.ts';
import { WireFailure } from './wire/failure.ts';

try {
  console.log(JSON.stringify(wire(process.argv.slice(2))));
} catch (cause) {
  if (!(cause instanceof WireFailure)) throw cause;
  console.error(cause.message);
  console.log(JSON.stringify({ error: cause.code }));
  process.exitCode = 2;
}
