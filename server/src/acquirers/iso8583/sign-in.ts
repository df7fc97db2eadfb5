import type { Heard } from './answers.ts';
import { hostReason } from './answers.ts';
import { KeyError } from './keys/key-error.ts';
import type { TerminalKeys } from './keys/terminal-keys.ts';
import type { TerminalStore } from './terminal-store.ts';
import type { Request } from './wire.ts';

/** What of a line a sign-in uses. */
interface SignInLine {
  open(signal: AbortSignal): Promise<boolean>;
  frame(request: Request): Buffer | undefined;
  send(bytes: Uint8Array, request: Request, signal: AbortSignal): Promise<Heard>;
}

export interface SignInParts {
  readonly line: SignInLine;
  readonly keys: TerminalKeys;
  readonly store: TerminalStore;
  readonly terminal: string;
  readonly merchant: string;
  readonly operator: string;
}

export type SignedIn = { readonly batch: string } | { readonly refused: string };

const NO_BATCH = '000000';
const OPERATOR_CHARS = 3;
const BATCH = /^\d{2}(\d{6})/;

/**
 * 签到: fetches the working keys and the number of the open batch (0800, network code 004). The keys prove themselves by
 * their check values under the terminal's own master key, so a stranger's answer is refused.
 */
export async function signIn(parts: SignInParts, signal: AbortSignal): Promise<SignedIn> {
  const { line, keys, store, terminal, merchant } = parts;
  if (!(await line.open(signal))) return { refused: 'host-unreachable' };
  const batch = (await store.batchOf(terminal)) ?? NO_BATCH;
  const request: Request = {
    mti: '0800',
    fields: {
      11: await store.nextTrace(terminal),
      41: terminal,
      42: merchant,
      60: `00${batch}004`,
      63: parts.operator.padEnd(OPERATOR_CHARS),
    },
    sealed: false,
  };
  const bytes = line.frame(request);
  if (bytes === undefined) return { refused: 'not-carried' };
  const given = keysIn(await line.send(bytes, request, signal));
  if ('refused' in given) return given;
  try {
    keys.load(given.keys);
  } catch (error) {
    if (error instanceof KeyError) return { refused: error.code };
    throw error;
  }
  await store.openBatch(terminal, given.batch);
  return { batch: given.batch };
}

function keysIn(
  heard: Heard,
): { readonly keys: string; readonly batch: string } | { readonly refused: string } {
  if (heard.kind !== 'answer') return { refused: heard.reason };
  const { fields } = heard.message;
  if (fields[39] !== '00') return { refused: hostReason(fields[39]) };
  const batch = BATCH.exec(fields[60] ?? '')?.[1];
  const keys = fields[62];
  return batch === undefined || keys === undefined ? { refused: 'malformed-answer' } : { keys, batch };
}
