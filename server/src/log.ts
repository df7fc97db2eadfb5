import type { Clock } from '../../src/domain/clock.ts';

/** Values that may stand in a log line: ids, routes, codes, counts, durations. Never names, amounts, addresses or bodies. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** One JSON object a line, for a collector. `write` gets whole lines. */
export function jsonLogger(clock: Clock, write: (line: string) => void): Logger {
  const log =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), level, event, ...fields })}\n`);
  return { info: log('info'), warn: log('warn'), error: log('error') };
}

/**
 * What a log may say of a fault: its kind and where, never its message, since messages quote what a customer or a
 * cashier typed (JSON.parse does).
 */
export function faultFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { fault: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    fault: error.name,
    code,
    where: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' < '),
  };
}
