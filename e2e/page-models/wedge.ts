import type { Page } from '@playwright/test';

interface KeyEvent {
  readonly type: 'keyDown' | 'rawKeyDown' | 'keyUp';
  readonly key: string;
  readonly code: string;
  readonly windowsVirtualKeyCode: number;
  readonly text?: string;
}

/** From one event to the next on the scanner's clock, s: a busy machine must not make a slow scanner of it. */
const EVENT_S = 0.003;

/** What browsers tell of a key that an input method has (UI Events, section 8.3). */
const IME = { key: 'Process', windowsVirtualKeyCode: 229 } as const;
const ENTER = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 } as const;

const codeOf = (character: string): string =>
  /\d/.test(character)
    ? `Digit${character}`
    : /[a-z]/i.test(character)
      ? `Key${character.toUpperCase()}`
      : '';

/**
 * A code and Enter, as a scanner that acts as a keyboard sends them: in one burst, nothing waits for the page in between.
 * `ime`: a Chinese input method is on, and composes what it gets in the focused field.
 */
export async function wedge(page: Page, text: string, ime = false): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  const start = Date.now() / 1_000;
  const key = (event: KeyEvent) =>
    sent.push(session.send('Input.dispatchKeyEvent', { ...event, timestamp: start + sent.length * EVENT_S }));
  const characters = [...text];
  for (const [at, character] of characters.entries()) {
    const plain = { key: character, code: codeOf(character), windowsVirtualKeyCode: character.charCodeAt(0) };
    key(ime ? { type: 'rawKeyDown', ...plain, ...IME } : { type: 'keyDown', ...plain, text: character });
    if (ime) {
      const composed = characters.slice(0, at + 1).join('');
      const selection = { selectionStart: composed.length, selectionEnd: composed.length };
      sent.push(session.send('Input.imeSetComposition', { text: composed, ...selection }));
    }
    key({ type: 'keyUp', ...plain });
  }
  key(ime ? { type: 'rawKeyDown', ...ENTER, ...IME } : { type: 'keyDown', ...ENTER, text: '\r' });
  key({ type: 'keyUp', ...ENTER });
  await Promise.all(sent);
  await session.detach();
}
