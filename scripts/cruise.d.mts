export interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}
/** Cruises the TypeScript under `folder` (default: this repository) by our rules. Throws when it saw no module. */
export function cruise(folder?: string): Cruised;
