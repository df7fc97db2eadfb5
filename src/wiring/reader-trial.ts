import type { ReaderSession } from '../devices/kept/kept-reader.ts';
import type { ReaderPrompt } from '../devices/ports.ts';
import { minor } from '../domain/money.ts';
import type { ReaderTrial } from '../flow/counter-devices.ts';

/** Longer than anyone needs to find a card, ms. */
const TRIAL_MS = 60_000;
/** Fen. Shown by some readers; nobody is asked for it. */
const AMOUNT = minor(1);

/**
 * Reads one card and throws it away: the till's own card dialogue without a host. The card is encrypted in the reader as ever, the
 * chip is told that the host said no, and nothing leaves this device. Never rejects.
 */
export async function tryReader(
  session: ReaderSession,
  prompt: (prompt: ReaderPrompt) => void,
  signal: AbortSignal,
): Promise<ReaderTrial> {
  const request = { amount: AMOUNT, currency: 'CNY', purpose: 'balance', timeoutMs: TRIAL_MS } as const;
  const presented = await session.start(request, prompt, signal);
  if (presented.kind !== 'online-request') return presented.kind;
  await session.resume({ approved: false }, prompt);
  return 'read';
}
