/** Places where a test may order a failure. The product's worker is started without a port, so none can be reached there. */
export type FaultPoint =
  | 'idb-open'
  | 'idb-commit'
  | 'idb-undo'
  | 'opfs-open'
  | 'opfs-write'
  | 'opfs-undo'
  | 'opfs-create'
  | 'migrate-copy'
  | 'migrate-verify';

export interface Faults {
  /** Called before the real thing is done; throws what the browser would have thrown. */
  at(point: FaultPoint): void;
}

export const NO_FAULTS: Faults = { at: () => undefined };
