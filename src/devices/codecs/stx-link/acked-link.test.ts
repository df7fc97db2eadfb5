import { describe, expect, test } from 'vitest';
import { AckedLink, type LineEffect } from './acked-link.ts';
import type { LineControl, LineFault, LineItem } from './line-item.ts';

const FRAME = Uint8Array.of(1, 2, 3);
const control = (name: LineControl): LineItem => ({ kind: 'control', at: 0, control: name });
const broken = (code: LineFault): LineItem => ({ kind: 'bad', at: 0, code });
const good: LineItem = { kind: 'frame', at: 0, body: Uint8Array.of(9) };
const done = (effects: readonly LineEffect[]) =>
  effects.map((effect) =>
    effect.do === 'write' ? [...effect.bytes].join(' ') : effect.do === 'sent' ? effect.how : effect.do,
  );

describe('an acknowledged link', () => {
  test('a frame is written, waited for, and acknowledged', () => {
    const link = new AckedLink();
    expect(done(link.send(FRAME, true))).toEqual(['1 2 3', 'wait']);
    expect(link.isBusy).toBe(true);
    expect(done(link.heard(control('ack')))).toEqual(['rest', 'acknowledged']);
    expect([link.isBusy, done(link.heard(control('ack'))), done(link.timedOut())]).toEqual([false, [], []]);
  });

  test.each([true, false])(
    'a refused frame is repeated, three times in all (may be repeated after silence: %s)',
    (mayRepeat) => {
      const link = new AckedLink();
      link.send(FRAME, mayRepeat);
      expect(done(link.heard(control('nak')))).toEqual(['1 2 3', 'wait']);
      expect(done(link.heard(control('nak')))).toEqual(['1 2 3', 'wait']);
      expect(done(link.heard(control('nak')))).toEqual(['rest', 'refused']);
    },
  );

  test('after silence a question is repeated', () => {
    const link = new AckedLink();
    link.send(FRAME, true);
    expect(done(link.timedOut())).toEqual(['1 2 3', 'wait']);
    expect(done(link.timedOut())).toEqual(['1 2 3', 'wait']);
    expect(done(link.timedOut())).toEqual(['rest', 'silent']);
  });

  test('after silence a frame that moves money is never said again', () => {
    const link = new AckedLink();
    link.send(FRAME, false);
    expect(done(link.timedOut())).toEqual(['rest', 'silent']);
    expect(done(link.heard(control('nak')))).toEqual([]);
  });

  test('a good frame is acknowledged and delivered, also while an acknowledgement is awaited', () => {
    const link = new AckedLink();
    link.send(FRAME, true);
    expect(done(link.heard(good))).toEqual(['6', 'deliver']);
    expect(link.isBusy).toBe(true);
  });

  test('a broken frame is asked for again, not for ever, and half a frame not at all', () => {
    const link = new AckedLink();
    for (let count = 0; count < 3; count += 1) expect(done(link.heard(broken('bad-check')))).toEqual(['21']);
    expect(done(link.heard(broken('bad-check')))).toEqual([]);
    expect(done(link.heard(good))).toEqual(['6', 'deliver']);
    expect(done(link.heard(broken('bad-check')))).toEqual(['21']);
    for (const code of ['truncated', 'bad-byte', 'too-long'] as const)
      expect(done(link.heard(broken(code)))).toEqual([]);
  });

  test('an enquiry is answered; noise and the end of a transmission are not', () => {
    const link = new AckedLink();
    expect(done(link.heard(control('enq')))).toEqual(['6']);
    expect(done(link.heard(control('eot')))).toEqual([]);
    expect(done(link.heard({ kind: 'noise', at: 0, length: 1 }))).toEqual([]);
  });
});
