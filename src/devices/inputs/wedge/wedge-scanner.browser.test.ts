import { expect, test } from 'vitest';
import { WedgeScanner } from './wedge-scanner.ts';

function scan(text: string, from: number): void {
  for (const [at, key] of [...text, 'Enter'].entries()) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true });
    Object.defineProperty(event, 'timeStamp', { value: from + at * 10 });
    document.body.dispatchEvent(event);
  }
}

test('a keyboard scanner is there once it has scanned, and is heard between start and stop', () => {
  const scanner = new WedgeScanner({ target: window, timers: { after: () => () => undefined } });
  const told: string[] = [];
  scanner.subscribe(() => told.push(scanner.link));
  scanner.onScan(({ text, source }) => told.push(`${source} ${text}`));
  scan('11111111', 1_000);
  scanner.start();
  scanner.start();
  expect(scanner.link).toBe('absent');
  scan('22222222', 2_000);
  scan('33333333', 3_000);
  scanner.stop();
  scan('44444444', 4_000);
  expect(told).toEqual(['connected', 'keyboard 22222222', 'keyboard 33333333', 'absent']);
});
