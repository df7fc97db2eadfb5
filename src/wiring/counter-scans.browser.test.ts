import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ScanHeard } from '../flow/counter-devices.ts';
import { CounterScans } from './counter-scans.ts';

const EAN = '6901234567892';
let heard: ScanHeard[];
let changes: number;
let scans: CounterScans;
let stop: () => void;

const type = (text: string): void => {
  for (const key of [...text, 'Enter']) {
    const init = { key, bubbles: true, composed: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', init));
    document.body.dispatchEvent(new KeyboardEvent('keyup', init));
  }
};

beforeEach(() => {
  heard = [];
  changes = 0;
  scans = new CounterScans(() => {
    changes += 1;
  });
  stop = scans.listen((each) => heard.push(each));
});
afterEach(() => stop());

describe('the scanners of a counter', () => {
  test('are heard as one, whether they type or are on a cable', () => {
    type(EAN);
    scans.scanned(`0${EAN}`);
    expect(heard).toEqual([
      { kind: 'code', text: EAN, leaked: false },
      { kind: 'code', text: `0${EAN}`, leaked: false },
    ]);
  });

  test('one that types is known by having scanned, until it is forgotten', () => {
    expect(scans.typing).toBeUndefined();
    type(EAN);
    expect(scans.typing).toMatchObject({ place: 'scanner', link: 'connected', driver: 'wedge' });
    expect(JSON.stringify(scans.typing)).not.toContain(EAN);
    scans.forgetTyping();
    expect(scans.typing).toBeUndefined();
    expect(changes).toBe(2);
  });

  test('a stripe that a card reader types reaches nobody', () => {
    type('%B4111111111111111^TEST/CARD^29121010000000000000?');
    type(';4111111111111111=29121010000000000000?');
    expect(heard).toEqual([{ kind: 'card' }, { kind: 'card' }]);
  });

  test('keys are let through where nobody wants a code', () => {
    stop();
    const seen: string[] = [];
    const listen = (event: KeyboardEvent) => void seen.push(event.key);
    addEventListener('keydown', listen);
    type('12');
    removeEventListener('keydown', listen);
    expect(seen).toEqual(['1', '2', 'Enter']);
    expect(heard).toEqual([]);
  });
});
