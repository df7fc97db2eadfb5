/** The repository's root. */
export const ROOT: string;
/** The Node that the lockfile pins. */
export const PINNED_NODE: string;
export function pinnedEnv(more?: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv;
