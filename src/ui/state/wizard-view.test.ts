import { expect, test } from 'vitest';
import { beginWizard, stepWizard, type Wizard, type WizardEvent } from '../../flow/devices/printer-wizard.ts';
import { type WizardScene, type WizardStage, wizardView } from './wizard-view.ts';

type Seen = readonly [WizardScene, WizardStage | undefined];

/** Walks the wizard, with every slip printed and every reading taken at once; says what was on the screen. */
function walk(events: readonly WizardEvent[]): { seen: Seen[]; keys: string[] } {
  let [wizard] = beginWizard(['gb18030', 'gbk']);
  const seen: Seen[] = [];
  const keys: string[] = [];
  const show = (next: Wizard): void => {
    wizard = next;
    const { scene, stage, key } = wizardView(wizard);
    seen.push([scene, stage]);
    keys.push(key);
  };
  show(wizard);
  for (const event of events) show(stepWizard(wizard, { trial: wizard.trial, ...event } as WizardEvent)[0]);
  return { seen, keys };
}

const PRINTED = { type: 'printed', outcome: { kind: 'confirmed' } } as WizardEvent;
const pin = (level: 'high' | 'low') => ({ type: 'pin', level }) as WizardEvent;

test('four stages, one after the other, and the end', () => {
  const { seen, keys } = walk([
    PRINTED,
    { type: 'looks', like: 'garbled' },
    PRINTED,
    { type: 'looks', like: 'readable' },
    { type: 'ends-at', columns: 32 },
    PRINTED,
    { type: 'was-cut', cut: true },
    { type: 'has-drawer', has: true },
    { type: 'is-closed' },
    pin('low'),
    { type: 'kicked' } as WizardEvent,
    { type: 'has-opened', opened: true },
    pin('high'),
  ]);
  expect(seen).toEqual([
    ['printing', 'charset'],
    ['ask-charset', 'charset'],
    ['printing', 'charset'],
    ['ask-charset', 'charset'],
    ['ask-columns', 'columns'],
    ['printing', 'cutter'],
    ['ask-cutter', 'cutter'],
    ['ask-drawer', 'drawer'],
    ['ask-closed', 'drawer'],
    ['kicking', 'drawer'],
    ['kicking', 'drawer'],
    ['ask-open', 'drawer'],
    ['noting', 'drawer'],
    ['done', undefined],
  ]);
  // Reading the closed drawer and kicking it are one screen: the reader's place stays.
  expect(new Set(keys).size).toBe(keys.length - 1);
});

test('the same question about the other pin is another screen', () => {
  const { keys } = walk([
    PRINTED,
    { type: 'looks', like: 'readable' },
    { type: 'ends-at', columns: 32 },
    PRINTED,
    { type: 'was-cut', cut: true },
    { type: 'has-drawer', has: true },
    { type: 'is-closed' },
    pin('low'),
    { type: 'kicked' } as WizardEvent,
    { type: 'has-opened', opened: false },
    { type: 'kicked' } as WizardEvent,
  ]);
  expect(keys.slice(-3)).toEqual(['ask-open 2', 'kicking 5', 'ask-open 5']);
});

test('a slip that did not come is told at its stage; blank paper is not an error of the printer', () => {
  const lost = { type: 'printed', outcome: { kind: 'failed', reason: 'lost' } } as WizardEvent;
  expect(walk([lost]).seen.at(-1)).toEqual(['stuck', 'charset']);
  expect(walk([PRINTED, { type: 'looks', like: 'nothing' }]).seen.at(-1)).toEqual(['nothing', 'charset']);
  expect(
    walk([PRINTED, { type: 'looks', like: 'readable' }, { type: 'ends-at', columns: 42 }, lost]).seen.at(-1),
  ).toEqual(['stuck', 'cutter']);
});
