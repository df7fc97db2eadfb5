/** The keys of every peer: those of ours. */
export const KEYS = ['7', '8', '9', 'back', '4', '5', '6', '×', '1', '2', '3', '+', '00', '0', '.', 'add'];

export interface Typed {
  readonly entry: string;
  readonly lines: readonly string[];
}

/** What a peer knows after a key. Nothing is checked, added up, kept or said: the least that a keypad can do. */
export function pressed({ entry, lines }: Typed, key: string): Typed {
  if (key === 'add') return { entry: '', lines: [...lines, entry] };
  return { entry: key === 'back' ? entry.slice(0, -1) : entry + key, lines };
}
