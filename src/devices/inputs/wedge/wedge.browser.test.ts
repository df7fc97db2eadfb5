import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { systemTimers } from '../../timers.ts';
import { attachWedge } from './wedge.ts';

let codes: string[] = [];
let leaks: string[] = [];
let unclear = 0;
let keys: string[] = [];
let end: () => void = () => undefined;
const heard = (event: KeyboardEvent) => keys.push(event.key);

beforeEach(() => {
  [codes, leaks, keys, unclear] = [[], [], [], 0];
  end = attachWedge({
    target: window,
    timers: systemTimers,
    // A browser under test types more slowly than a scanner: each key is a round trip.
    settings: { maxGapMs: 400, minKeys: 4 },
    onScan: (text, leaked) => {
      codes.push(text);
      leaks.push(leaked);
    },
    onUnclear: () => {
      unclear += 1;
    },
  });
  addEventListener('keydown', heard);
});

afterEach(() => {
  end();
  removeEventListener('keydown', heard);
  document.body.replaceChildren();
});

function place<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  document.body.append(element);
  element.focus();
  return element;
}

/** A key as the page sees it, at a time of our choosing. */
function press(target: EventTarget, key: string, at: number, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    cancelable: true,
    composed: true,
    ...more,
  });
  Object.defineProperty(event, 'timeStamp', { value: at });
  target.dispatchEvent(event);
  return event;
}

describe('keys of a real keyboard', () => {
  test('a scan into a field leaves the field as it was and reaches nobody else', async () => {
    const field = place('input');
    await userEvent.keyboard('0006901234567892{Enter}');
    expect([codes, field.value, keys]).toEqual([['0006901234567892'], '', []]);
  });

  test('a scan with the focus on a button does not press it', async () => {
    const button = place('button');
    let clicks = 0;
    button.addEventListener('click', () => {
      clicks += 1;
    });
    await userEvent.keyboard('6901234567892{Enter}');
    expect([codes, clicks, keys]).toEqual([['6901234567892'], 0, []]);
    await userEvent.keyboard('{Enter}');
    expect([clicks, keys]).toEqual([1, ['Enter']]);
  });

  test('what a person types comes to the field, between what is there, and can be undone', async () => {
    const field = place('input');
    field.value = 'ad';
    field.setSelectionRange(1, 1);
    const inputs: string[] = [];
    field.addEventListener('input', (event) => inputs.push((event as InputEvent).data ?? ''));
    await userEvent.keyboard('b');
    await userEvent.keyboard('c');
    await vi.waitFor(() => expect(field.value).toBe('abcd'));
    expect(inputs).toEqual(['b', 'c']);
    document.execCommand('undo');
    expect(field.value).not.toBe('abcd');
  });

  test('short of a scan, Enter follows what was held', async () => {
    const field = place('input');
    await userEvent.keyboard('12{Enter}');
    expect([field.value, keys.at(-1), codes]).toEqual(['12', 'Enter', []]);
  });

  test('keys for nobody in particular come to the page as keys', async () => {
    await userEvent.keyboard('7');
    await vi.waitFor(() => expect(keys).toEqual(['7']));
  });

  test('a field inside a component gets its keys back as well', async () => {
    const host = place('div');
    const field = document.createElement('input');
    host.attachShadow({ mode: 'open' }).append(field);
    field.focus();
    await userEvent.keyboard('5');
    await vi.waitFor(() => expect(field.value).toBe('5'));
  });
});

describe('an input method', () => {
  test('what it let into the field is taken out again, and the focus stays', () => {
    const field = place('input');
    field.value = 'old';
    field.setSelectionRange(3, 3);
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    for (const [at, digit] of [...'690123'].entries()) {
      press(field, 'Process', 5_000 + at * 10, { code: `Digit${digit}`, keyCode: 229, isComposing: true });
      field.value += digit;
    }
    press(field, 'Process', 5_060, { code: 'Enter', keyCode: 229, isComposing: true });
    expect([codes, leaks, field.value, document.activeElement]).toEqual([['690123'], [''], 'old', field]);
  });

  test('a real composition of the browser ends with the scan', async () => {
    const field = place('input');
    field.value = 'old';
    field.setSelectionRange(3, 3);
    let composed = '';
    for (const digit of '690123') {
      composed += digit;
      // What a system sends while an input method works: the key without its character, then the composition.
      await cdp().send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        windowsVirtualKeyCode: 229,
        key: 'Process',
        code: `Digit${digit}`,
      });
      await cdp().send('Input.imeSetComposition', {
        text: composed,
        selectionStart: composed.length,
        selectionEnd: composed.length,
      });
    }
    expect(field.value).toBe('old690123');
    await cdp().send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      windowsVirtualKeyCode: 229,
      key: 'Process',
      code: 'Enter',
    });
    await vi.waitFor(() => expect(codes).toEqual(['690123']));
    expect([field.value, document.activeElement]).toEqual(['old', field]);
    await userEvent.keyboard('x');
    await vi.waitFor(() => expect(field.value).toBe('oldx'));
  });

  test('a person who composes is not disturbed', () => {
    const field = place('input');
    const events = [...'ni'].map((letter, at) =>
      press(field, 'Process', 5_000 + at * 200, {
        code: `Key${letter.toUpperCase()}`,
        keyCode: 229,
        isComposing: true,
      }),
    );
    expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([false, false]);
    expect([field.value, codes]).toEqual(['', []]);
  });
});

describe('what the wedge leaves alone', () => {
  test('elements that keep their keys', () => {
    const box = place('div');
    box.dataset['wedge'] = 'off';
    for (const [at, digit] of [...'12345678'].entries()) press(box, digit, 5_000 + at * 5);
    press(box, 'Enter', 5_050);
    expect([codes, keys.length]).toEqual([[], 9]);
  });

  test('everything, once it is ended: held keys are given back first', () => {
    const field = place('input');
    press(field, '1', 5_000);
    end();
    expect(field.value).toBe('1');
    expect(press(field, '2', 5_010).defaultPrevented).toBe(false);
  });

  test('a code right behind a key is unclear, and both stay out of the field', () => {
    const field = place('input');
    end();
    end = attachWedge({
      target: window,
      timers: { after: () => () => undefined },
      settings: { maxGapMs: 35, minKeys: 4 },
      onScan: (text) => codes.push(text),
      onUnclear: () => {
        unclear += 1;
      },
    });
    press(field, '2', 5_000);
    for (const [at, digit] of [...'12345678'].entries()) press(field, digit, 5_100 + at * 5);
    press(field, 'Enter', 5_150);
    expect([codes, unclear, field.value]).toEqual([[], 1, '2']);
  });
});
