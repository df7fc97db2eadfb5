/** CHROMIUM_PATH, then the system's, then Playwright's own cache. `undefined` when there is none. */
export function chromiumPath(
  env?: Record<string, string | undefined>,
  places?: readonly string[],
): string | undefined;
/** Flags that every Chromium started by this project gets. */
export const chromiumArgs: readonly string[];
