import type { Cruised } from './cruise.mjs';

/** The box that a file belongs to, or `undefined` for what is not part of the product. */
export function boxOf(file: string): string | undefined;
/** A mermaid flowchart of who imports whom, by folder; the same modules give the same text. */
export function picture(modules: Cruised['modules']): string;
