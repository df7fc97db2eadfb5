import type { SeenCode } from './code-detector.ts';

/** To the worker: the pixels of one picture, four bytes each. The buffer is handed over. */
export interface ReadOrder {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: ArrayBuffer;
}

/** From the worker. `failed`: it cannot read pictures here. */
export type ReadAnswer =
  | { readonly id: number; readonly codes: readonly SeenCode[] }
  | { readonly id: number; readonly failed: string };
