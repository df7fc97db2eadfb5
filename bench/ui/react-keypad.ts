import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { KEYS, pressed, type Typed } from './keypad.ts';

/** The same keypad in the library that most web tills are made of. */
function Keypad() {
  const [now, change] = useState<Typed>({ entry: '', lines: [] });
  const key = (name: string) =>
    createElement(
      'button',
      {
        key: name,
        type: 'button',
        'data-testid': `key-${name}`,
        onPointerDown: () => change((before) => pressed(before, name)),
      },
      name,
    );
  return [
    createElement('output', { key: 'output' }, now.entry === '' ? '0' : now.entry),
    createElement(
      'ol',
      { key: 'lines' },
      now.lines.map((line, at) => createElement('li', { key: at }, line)),
    ),
    createElement('div', { key: 'keys', className: 'keys' }, KEYS.map(key)),
  ];
}

export function showReact(root: HTMLElement): void {
  createRoot(root).render(createElement(Keypad));
}
