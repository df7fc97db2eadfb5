/** The repository's root. */
export const ROOT: string;
/** The Node that the lockfile pins. */
export const PINNED_NODE: string;
/** Runs a tool of node_modules on the pinned Node, with the same terminal. Returns its exit code. */
export function runTool(name: string, args: readonly string[]): number;
export function pinnedEnv(more?: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv;
