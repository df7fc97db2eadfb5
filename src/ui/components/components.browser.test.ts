import { afterEach, describe, expect, test } from 'vitest';
import '../styles/base.css';
import { PAPER } from '../testing/fake-paper.ts';
import { press, tap } from '../testing/mount.ts';
import './pos-device-card.ts';
import './pos-dialog.ts';
import './pos-keypad.ts';
import './pos-paper.ts';
import './pos-pin-pad.ts';
import './pos-qr.ts';

afterEach(() => document.body.replaceChildren());

const inside = (element: Element, selector: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`no ${selector}`);
  return found;
};

describe('keypad', () => {
  async function keypad(layout: 'sale' | 'cash' = 'sale') {
    const element = document.createElement('pos-keypad');
    element.layout = layout;
    const heard: string[] = [];
    element.addEventListener('pos-key', (event) => heard.push(event.detail.key));
    element.addEventListener('pos-command', (event) => heard.push(`!${event.detail.command}`));
    document.body.append(element);
    await element.updateComplete;
    return { element, heard };
  }

  test('a tap counts once, when the finger goes down', async () => {
    const { element, heard } = await keypad();
    const seven = inside(element, '[data-testid="key-7"]');
    seven.dispatchEvent(new PointerEvent('pointerdown', { button: 0, bubbles: true }));
    expect(heard).toEqual(['7']);
    seven.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
    expect(heard).toEqual(['7']);
  });

  test('a press of the space bar on a focused key counts too', async () => {
    const { element, heard } = await keypad();
    inside(element, '[data-testid="key-5"]').click(); // A click without a pointer has detail 0.
    expect(heard).toEqual(['5']);
  });

  test('the keyboard types a whole sum and confirms it', async () => {
    const { heard } = await keypad();
    for (const key of ['1', '2', '.', '5', '+', '3', '*', '2', 'Backspace', 'F2', 'Enter', 'Escape'])
      press(key);
    expect(heard).toEqual(['1', '2', '.', '5', '+', '3', '×', '2', 'back', '!add', '!confirm', '!cancel']);
  });

  test('where characters were kept to what has the focus, keys go on working on the keypad and commands everywhere', async () => {
    const { element, heard } = await keypad();
    document.documentElement.dataset['keys'] = 'focused';
    try {
      for (const key of ['1', '+', '=', 'F2', 'Enter']) press(key);
      expect(heard).toEqual(['!add', '!confirm']);
      inside(element, '[data-testid="key-7"]').dispatchEvent(
        new KeyboardEvent('keydown', { key: '4', bubbles: true, composed: true }),
      );
      expect(heard).toEqual(['!add', '!confirm', '4']);
    } finally {
      delete document.documentElement.dataset['keys'];
    }
  });

  test('counting cash knows no sums', async () => {
    const { element, heard } = await keypad('cash');
    press('+');
    press('1');
    expect(heard).toEqual(['1']);
    expect(element.shadowRoot?.querySelector('[data-testid="key-+"]')).toBeNull();
  });

  test('Enter held down confirms once, a held Backspace goes on erasing', async () => {
    const { heard } = await keypad();
    press('Enter');
    press('Enter', { repeat: true });
    press('Backspace', { repeat: true });
    expect(heard).toEqual(['!confirm', 'back']);
  });

  test('leaves keys alone that belong to a field, to a button or to a shortcut', async () => {
    const { heard } = await keypad();
    const field = document.createElement('input');
    const button = document.createElement('button');
    document.body.append(field, button);
    press('1', {}, field);
    press('Enter', {}, button);
    press('1', { ctrlKey: true });
    expect(heard).toEqual([]);
  });

  test('hears nothing when it is out of use, or gone', async () => {
    const { element, heard } = await keypad();
    element.disabled = true;
    press('1');
    element.disabled = false;
    element.remove();
    press('1');
    expect(heard).toEqual([]);
  });

  test('every key is at least 64 px', async () => {
    const { element } = await keypad();
    for (const key of element.shadowRoot?.querySelectorAll('button') ?? []) {
      const { width, height } = key.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(64);
    }
  });
});

describe('PIN pad', () => {
  test('tells six digits and forgets them', async () => {
    const element = document.createElement('pos-pin-pad');
    const pins: string[] = [];
    element.addEventListener('pos-pin', (event) => pins.push(event.detail.pin));
    document.body.append(element);
    await element.updateComplete;
    for (const digit of '4729') tap(inside(element, `[data-testid="pin-${digit}"]`));
    press('8');
    tap(inside(element, '[data-testid="pin-back"]'));
    for (const digit of '15') press(digit);
    expect(pins).toEqual(['472915']);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelectorAll('.full')).toHaveLength(0);
  });
});

describe('dialog', () => {
  test('gives the focus back to where it was', async () => {
    const opener = document.createElement('button');
    const dialog = document.createElement('pos-dialog');
    document.body.append(opener, dialog);
    opener.focus();
    dialog.shown = true;
    await dialog.updateComplete;
    expect(document.activeElement).toBe(dialog);
    const closed = new Promise((resolve) => dialog.addEventListener('pos-close', resolve));
    inside(dialog, '[data-testid="dialog-close"]').click();
    await closed;
    expect(document.activeElement).toBe(opener);
    expect(dialog.shown).toBe(false);
  });
});

/** Where the middle of each character of a line is, CSS pixels from the left of the paper. */
const middlesOf = (line: Element | undefined, paper: Element): readonly number[] => {
  const { left } = paper.getBoundingClientRect();
  return [...(line?.querySelectorAll('text') ?? [])].flatMap((text) =>
    Array.from({ length: text.getNumberOfChars() }, (_, at) => {
      const { x, width: wide } = text.getExtentOfChar(at);
      const point = new DOMPoint(x + wide / 2, 0).matrixTransform(text.getScreenCTM() ?? undefined);
      return point.x - left;
    }),
  );
};

describe('paper', () => {
  for (const columns of [32, 42, 48]) {
    test(`every character stands in its columns at ${columns} columns, a hanzi in two`, async () => {
      const element = document.createElement('pos-paper');
      element.paper = { ...PAPER, columns };
      document.body.append(element);
      await element.updateComplete;
      const column = (element.getBoundingClientRect().width - 24) / columns;
      const drawn = [...(element.shadowRoot?.querySelectorAll('svg.text') ?? [])];
      const lines = PAPER.lines.flatMap(({ align, content }) =>
        content.kind === 'text' ? [{ align, cells: content.cells }] : [],
      );
      expect(drawn).toHaveLength(lines.length);
      for (const [index, { align, cells }] of lines.entries()) {
        const free = columns - cells.reduce((all, cell) => all + cell.columns, 0);
        let before = align === 'left' ? 0 : align === 'right' ? free : free / 2;
        const wanted = cells.flatMap(({ text, columns: wide }) => {
          before += wide;
          return text === ' ' ? [] : [12 + (before - wide / 2) * column];
        });
        const shown = middlesOf(drawn[index], element);
        for (const [at, middle] of wanted.entries()) expect(shown[at]).toBeCloseTo(middle, 0);
        expect(shown).toHaveLength(wanted.length);
      }
    });
  }

  test('a QR code keeps one dot a module', async () => {
    const element = document.createElement('pos-paper');
    element.paper = PAPER;
    document.body.append(element);
    await element.updateComplete;
    const canvas = element.shadowRoot?.querySelector('canvas');
    const qr = PAPER.lines.map(({ content }) => content).find((content) => content.kind === 'qr');
    expect(canvas?.width).toBe(qr?.kind === 'qr' ? qr.modules : -1);
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const drawn = Array.from({ length: pixels.length / 4 }, (_, index) =>
      pixels[index * 4 + 3] === 255 ? 1 : 0,
    );
    expect(drawn).toEqual(qr?.kind === 'qr' ? [...qr.dots] : []);
  });
});

test('a QR code has its quiet zone', async () => {
  const element = document.createElement('pos-qr');
  element.data = 'https://pos.example/r/x';
  document.body.append(element);
  await element.updateComplete;
  const canvas = element.shadowRoot?.querySelector('canvas');
  const edge = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, 4).data ?? [];
  expect([...edge].every((value) => value === 255)).toBe(true);
});

describe('device card', () => {
  test('what a device does not tell has no row, and a reason not to use it is an alarm', async () => {
    const card = document.createElement('pos-device-card');
    card.facts = [
      { name: '序列号', value: 'S-17' },
      { name: '固件', value: undefined },
      { name: '电量', value: '' },
    ];
    card.refused = '卡号没有加密';
    document.body.append(card);
    await card.updateComplete;
    expect(inside(card, 'dl').textContent?.trim()).toMatch(/^序列号\s*S-17$/);
    expect(inside(card, '[role="alert"]').textContent).toContain('卡号没有加密');
    card.facts = [];
    card.refused = '';
    await card.updateComplete;
    expect(card.shadowRoot?.querySelector('dl, [role="alert"]')).toBeNull();
  });
});
