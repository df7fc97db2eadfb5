/** The sentence for a machine without PostgreSQL. */
export const NO_POSTGRES: string;
/** POSTGRES_BIN, then the search path, then the system's places. `undefined` when there is none. */
export function postgresFolder(
  env?: Record<string, string | undefined>,
  places?: readonly string[],
): string | undefined;
/** A PostgreSQL with new data, for tests: `url` reaches it through a socket; `stop` ends it and removes its data. */
export function startPostgres(bin?: string): Promise<{ readonly url: string; stop(): Promise<void> }>;
