import type { TemplateResult } from 'lit';

/** One element of the house in one of its states. */
export interface Specimen {
  readonly state: string;
  readonly view: TemplateResult;
}

/** An element and all its states; `wide` where it fills the width of a screen. */
export interface Board {
  readonly element: string;
  readonly wide?: boolean;
  readonly specimens: readonly Specimen[];
}
