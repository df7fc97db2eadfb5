import { KEYS, pressed, type Typed } from './keypad.ts';

/** The floor: elements made by hand, two of them written to at a press. What ours costs more is ours. */
export function showPlain(root: HTMLElement): void {
  const output = document.createElement('output');
  const list = document.createElement('ol');
  const keys = document.createElement('div');
  keys.className = 'keys';
  let now: Typed = { entry: '', lines: [] };
  const press = (key: string): void => {
    const before = now;
    now = pressed(before, key);
    output.textContent = now.entry === '' ? '0' : now.entry;
    const line = now.lines.length > before.lines.length ? now.lines.at(-1) : undefined;
    if (line === undefined) return;
    const item = document.createElement('li');
    item.textContent = line;
    list.append(item);
  };
  for (const key of KEYS) {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['testid'] = `key-${key}`;
    button.textContent = key;
    button.addEventListener('pointerdown', () => press(key));
    keys.append(button);
  }
  output.textContent = '0';
  root.append(output, list, keys);
}
