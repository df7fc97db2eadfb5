import type { AmountKey } from '../../domain/amount-entry.ts';

/** What a cashier can do without touching the screen. */
export type Command = 'add' | 'confirm' | 'cancel' | 'undo' | 'print';

const AMOUNT: Readonly<Record<string, AmountKey>> = {
  '.': '.',
  ',': '.',
  '。': '.',
  '+': '+',
  '*': '×',
  x: '×',
  X: '×',
  '×': '×',
  Backspace: 'back',
  Delete: 'clear',
};

const COMMANDS: Readonly<Record<string, Command>> = {
  Enter: 'confirm',
  Escape: 'cancel',
  F2: 'add',
  '=': 'add',
  F4: 'undo',
  F8: 'print',
  F9: 'confirm',
};

export type KeyMeaning =
  | { readonly kind: 'amount'; readonly key: AmountKey }
  | { readonly kind: 'command'; readonly command: Command };

/** What a key of the keyboard means at the till; undefined for keys that are not the till's. */
export function keyMeaning(key: string): KeyMeaning | undefined {
  const amount = /^[0-9]$/.test(key) ? (key as AmountKey) : AMOUNT[key];
  if (amount !== undefined) return { kind: 'amount', key: amount };
  const command = COMMANDS[key];
  return command === undefined ? undefined : { kind: 'command', command };
}

/** Elements that take characters while the focus is in them, whatever the setting says. */
const PADS = 'pos-keypad, pos-pin-pad';

/**
 * Whether the key belongs to whatever has the focus (a field, an open dialog, Enter on a button) and not to the till, or is a
 * character that nothing with the focus asked for, in a shop that wants none of those (`Keys` in domain/look.ts).
 */
export function isSpokenFor(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const path = event.composedPath();
  const [target] = path;
  if (event.key.length === 1 && event.key !== ' ' && document.documentElement.dataset['keys'] === 'focused')
    if (!path.some((each) => each instanceof Element && each.matches(PADS))) return true;
  if (path.some((each) => each instanceof HTMLDialogElement)) return true;
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return true;
  const isPress = event.key === 'Enter' || event.key === ' ';
  return isPress && (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement);
}
