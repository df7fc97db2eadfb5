import { describe, expect, test } from 'vitest';
import type { PrintOutcome } from '../../devices/ports.ts';
import {
  beginWizard,
  stepWizard,
  type Wizard,
  type WizardEffect,
  type WizardEvent,
} from './printer-wizard.ts';

const confirmed: PrintOutcome = { kind: 'confirmed' };

/** Answers the printer's part at once, with the given sense pin. */
function walk(answers: readonly WizardEvent[], pins: readonly ('high' | 'low' | 'unknown')[] = []) {
  let [wizard, effects] = beginWizard();
  const done: WizardEffect[] = [];
  const levels = [...pins];
  const settle = () => {
    while (effects.length > 0) {
      const [effect, ...rest] = effects;
      effects = rest;
      done.push(effect!);
      if (effect?.type === 'print')
        [wizard, effects] = stepWizard(wizard, { type: 'printed', trial: effect.trial, outcome: confirmed });
      if (effect?.type === 'kick')
        [wizard, effects] = stepWizard(wizard, { type: 'kicked', trial: effect.trial });
      if (effect?.type === 'read-pin')
        [wizard, effects] = stepWizard(wizard, {
          type: 'pin',
          trial: effect.trial,
          level: levels.shift() ?? 'unknown',
        });
    }
  };
  settle();
  for (const answer of answers) {
    [wizard, effects] = stepWizard(wizard, answer);
    settle();
  }
  return { wizard, done };
}

const garbled: WizardEvent = { type: 'looks', like: 'garbled' };
const readable: WizardEvent = { type: 'looks', like: 'readable' };
const columns: WizardEvent = { type: 'ends-at', columns: 32 };
const cut = (was: boolean): WizardEvent => ({ type: 'was-cut', cut: was });
const drawer = (has: boolean): WizardEvent => ({ type: 'has-drawer', has });
const opened = (has: boolean): WizardEvent => ({ type: 'has-opened', opened: has });
const upToDrawer = [readable, columns, cut(true)];

describe('find my printer', () => {
  test('tries the ways of text in their order and keeps the first that is readable', () => {
    const tried = [[], [garbled], [garbled, garbled], [garbled, garbled, garbled]].map(
      (answers) => walk(answers).wizard.step,
    );
    expect(tried).toEqual(
      ['gb18030', 'gbk', 'utf8', 'raster'].map((charset) => ({ at: 'ask-charset', charset })),
    );
    const { wizard } = walk([garbled, garbled, readable, columns, cut(false), drawer(false)]);
    expect(wizard).toMatchObject({
      step: { at: 'done', drawer: 'none' },
      choices: { charset: 'utf8', columns: 32, cutter: false, qr: 'native' },
    });
  });

  test('a printer that cannot even draw ends unreadable, and back leads out of it', () => {
    const { wizard } = walk([garbled, garbled, garbled, garbled]);
    expect(wizard.step).toEqual({ at: 'unreadable' });
    expect(stepWizard(wizard, { type: 'back' })[0].step).toEqual({ at: 'ask-charset', charset: 'raster' });
  });

  test('the ruler is printed for the widest paper and nothing is cut before the cutter is tried', () => {
    const { done } = walk(upToDrawer);
    const prints = done.filter((effect) => effect.type === 'print');
    expect(prints.map(({ choices }) => [choices.columns, choices.cutter])).toEqual([
      [48, false],
      [32, true],
    ]);
    const ruler = prints[0]!.document.blocks.find(
      (block) => block.kind === 'text' && /^\.{8}10/.test(block.text),
    );
    expect(ruler).toMatchObject({ text: '........10........20..........32........42....48' });
    for (const mark of [10, 20, 32, 42, 48])
      expect((ruler as { text: string }).text.slice(0, mark).endsWith(String(mark))).toBe(true);
  });

  test.each([
    ['high', 'low', 'learned', 'low'],
    ['low', 'high', 'learned', 'high'],
    ['low', 'low', 'no-sense', undefined],
    ['unknown', 'high', 'unknown', undefined],
    ['low', 'unknown', 'unknown', undefined],
  ] as const)('pin %s when closed and %s when open: %s', (closed, open, finding, openAt) => {
    const { wizard, done } = walk(
      [...upToDrawer, drawer(true), { type: 'is-closed' }, opened(true)],
      [closed, open],
    );
    expect(wizard.step).toEqual({ at: 'done', drawer: finding });
    expect(wizard.choices.drawerOpenAt).toBe(openAt);
    expect(done.at(-1)).toEqual({ type: 'keep', choices: wizard.choices });
  });

  test('a drawer that does not open on pin 2 is tried on pin 5, and given up after that', () => {
    const start = [...upToDrawer, drawer(true), { type: 'is-closed' } as const, opened(false)];
    const five = walk([...start, opened(true)], ['low', 'high']).wizard;
    expect(five).toMatchObject({
      step: { drawer: 'learned' },
      choices: { drawerPin: 5, drawerOpenAt: 'high' },
    });
    const none = walk([...start, opened(false)], ['low']).wizard;
    expect(none).toMatchObject({ step: { at: 'done', drawer: 'none' }, choices: { drawerPin: 2 } });
  });

  test('back asks the question before with the choices of that time', () => {
    const there = walk(upToDrawer).wizard;
    const cutter = stepWizard(there, { type: 'back' })[0];
    expect(cutter).toMatchObject({ step: { at: 'ask-cutter' }, choices: { cutter: true, columns: 32 } });
    const width = stepWizard(cutter, { type: 'back' })[0];
    expect(width).toMatchObject({ step: { at: 'ask-columns' }, choices: { cutter: false, columns: 48 } });
    const first = stepWizard(stepWizard(width, { type: 'back' })[0], { type: 'back' })[0];
    expect(first.step).toEqual({ at: 'ask-charset', charset: 'gb18030' });
  });

  test('a paper that does not come says why, and is printed again when that is mended', () => {
    const [begun] = beginWizard();
    const outcome: PrintOutcome = { kind: 'failed', reason: 'paper-end' };
    const [stuck] = stepWizard(begun, { type: 'printed', trial: begun.trial, outcome });
    expect(stuck.step).toEqual({ at: 'stuck', reason: 'paper-end', slip: 'charset' });
    const [again, effects] = stepWizard(stuck, { type: 'again' });
    expect([again.step.at, effects[0]?.type]).toEqual(['printing', 'print']);
    const white = walk([{ type: 'looks', like: 'nothing' }]).wizard;
    expect(white.step).toMatchObject({ at: 'stuck', reason: 'nothing-came' });
  });

  test('a printer that cannot confirm has printed all the same', () => {
    const [begun] = beginWizard();
    const outcome: PrintOutcome = { kind: 'unconfirmed', reason: 'no-confirmation' };
    expect(stepWizard(begun, { type: 'printed', trial: begun.trial, outcome })[0].step.at).toBe(
      'ask-charset',
    );
  });

  test('what comes of an earlier trial is too late', () => {
    const [begun] = beginWizard();
    const late: WizardEvent = { type: 'printed', trial: begun.trial - 1, outcome: confirmed };
    expect(stepWizard(begun, late)).toEqual([begun, []]);
  });

  test('stopping puts back what was in use; nothing is kept after that', () => {
    const { wizard, done } = walk([garbled, { type: 'stop' }, readable, { type: 'back' }]);
    expect(wizard.step).toEqual({ at: 'stopped' });
    expect(done.at(-1)).toEqual({ type: 'restore' });
  });

  test('no event in any step leads anywhere but to a known step, and the wizard always ends', () => {
    const events: WizardEvent[] = [
      garbled,
      readable,
      columns,
      cut(true),
      drawer(true),
      { type: 'is-closed' },
      opened(false),
      opened(true),
      { type: 'again' },
      { type: 'looks', like: 'nothing' },
    ];
    const seen = new Set<string>();
    const visit = (wizard: Wizard): void => {
      const key = JSON.stringify([wizard.step, wizard.choices]);
      if (seen.has(key)) return;
      seen.add(key);
      const own: WizardEvent[] = [
        { type: 'printed', trial: wizard.trial, outcome: confirmed },
        { type: 'pin', trial: wizard.trial, level: 'high' },
        { type: 'kicked', trial: wizard.trial },
      ];
      for (const event of [...events, ...own]) visit(stepWizard(wizard, event)[0]);
    };
    visit(beginWizard()[0]);
    expect(seen.size).toBeLessThan(400);
    expect([...seen].some((key) => key.includes('"done"'))).toBe(true);
  });
});
