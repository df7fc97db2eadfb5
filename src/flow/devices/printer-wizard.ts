import type { PrintDoubt, PrinterStatus, PrintOutcome } from '../../devices/ports.ts';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import { CHARSETS, type Charset, charsetSlip, cutterSlip, type PaperColumns } from './trial-slips.ts';

/** What the wizard finds out of a printer; the rest of its profile stays as it is. */
export interface PrinterChoices {
  readonly charset: Charset;
  readonly columns: PaperColumns;
  readonly cutter: boolean;
  readonly qr: 'native' | 'raster';
  readonly drawerPin: 2 | 5;
  /** Level of the sense pin while the drawer is open. Absent: no drawer, or none that tells. */
  readonly drawerOpenAt?: 'high' | 'low';
}

export type SensePin = PrinterStatus['drawerPin'];

/** How it ended with the drawer: `no-sense` opens and does not tell, `unknown` is a printer that says nothing. */
export type DrawerFinding = 'learned' | 'no-sense' | 'unknown' | 'none';

/** Where the wizard is. Steps that begin with `ask-` wait for a person, the others for the runner. */
export type WizardStep =
  | { readonly at: 'printing'; readonly slip: 'charset' | 'cutter' }
  /** Can the slip be read, every sign of it? */
  | { readonly at: 'ask-charset'; readonly charset: Charset }
  /** Which is the last number on the first line of the ruler? */
  | { readonly at: 'ask-columns' }
  | { readonly at: 'ask-cutter' }
  | { readonly at: 'ask-drawer' }
  /** Close the drawer, please. */
  | { readonly at: 'ask-closed' }
  | { readonly at: 'reading'; readonly drawer: 'closed' }
  | { readonly at: 'kicking'; readonly closed: SensePin }
  /** Did it open? */
  | { readonly at: 'ask-open'; readonly closed: SensePin }
  | { readonly at: 'reading'; readonly drawer: 'open'; readonly closed: SensePin }
  /** The paper did not come: the reason, and `again` when it is mended. */
  | {
      readonly at: 'stuck';
      readonly reason: PrintDoubt | 'nothing-came';
      readonly slip: 'charset' | 'cutter';
    }
  /** No way of text was readable, not even drawn dots: not a printer of a kind we know. */
  | { readonly at: 'unreadable' }
  | { readonly at: 'done'; readonly drawer: DrawerFinding }
  | { readonly at: 'stopped' };

interface Moment {
  readonly step: WizardStep;
  readonly choices: PrinterChoices;
}

export interface Wizard extends Moment {
  /** Ways of text this printer's language has, in the order to try. */
  readonly charsets: readonly Charset[];
  /** The questions before, for `back`. At most one per question there is. */
  readonly trail: readonly Moment[];
  /** Number of the last thing that was asked of the printer: what comes of an earlier one is too late. */
  readonly trial: number;
}

export type WizardEvent =
  | { readonly type: 'printed'; readonly trial: number; readonly outcome: PrintOutcome }
  | { readonly type: 'pin'; readonly trial: number; readonly level: SensePin }
  | { readonly type: 'kicked'; readonly trial: number }
  | { readonly type: 'looks'; readonly like: 'readable' | 'garbled' | 'nothing' }
  | { readonly type: 'ends-at'; readonly columns: PaperColumns }
  | { readonly type: 'was-cut'; readonly cut: boolean }
  | { readonly type: 'has-drawer'; readonly has: boolean }
  | { readonly type: 'is-closed' }
  | { readonly type: 'has-opened'; readonly opened: boolean }
  | { readonly type: 'again' }
  | { readonly type: 'back' }
  | { readonly type: 'stop' };

export type WizardEffect =
  /** Use these choices and print; answer with `printed`. */
  | {
      readonly type: 'print';
      readonly trial: number;
      readonly choices: PrinterChoices;
      readonly document: ReceiptDocument;
    }
  /** Answer with `pin`. */
  | { readonly type: 'read-pin'; readonly trial: number }
  /** Use these choices and kick; answer with `kicked`, whether or not the pulse could be sent. */
  | { readonly type: 'kick'; readonly trial: number; readonly choices: PrinterChoices }
  | { readonly type: 'keep'; readonly choices: PrinterChoices }
  /** Put back what was in use before the wizard. */
  | { readonly type: 'restore' };

type Stepped = readonly [Wizard, readonly WizardEffect[]];

/** The ruler is laid out for the widest paper; nothing is cut until the cutter is asked about. */
const TRIAL = { columns: 48, cutter: false } as const;

/** Starts with the first way of text. `charsets`: those that the printer's language has. */
export function beginWizard(charsets: readonly Charset[] = CHARSETS): Stepped {
  const charset = charsets[0] ?? 'raster';
  const choices: PrinterChoices = { ...TRIAL, charset, qr: qrFor(charset), drawerPin: 2 };
  const step = { at: 'printing', slip: 'charset' } as const;
  return print({ charsets, choices, trail: [], trial: 0, step }, 'charset');
}

const qrFor = (charset: Charset): PrinterChoices['qr'] => (charset === 'raster' ? 'raster' : 'native');

/** Pure. An event that does not belong to the step changes nothing. */
export function stepWizard(wizard: Wizard, event: WizardEvent): Stepped {
  if (wizard.step.at === 'done' || wizard.step.at === 'stopped') return [wizard, []];
  if (event.type === 'stop') return [{ ...wizard, step: { at: 'stopped' } }, [{ type: 'restore' }]];
  if (event.type === 'back') return back(wizard);
  if ('trial' in event && event.trial !== wizard.trial) return stay(wizard);
  const { step } = wizard;
  switch (step.at) {
    case 'printing':
      return event.type === 'printed' ? printed(wizard, step.slip, event.outcome) : stay(wizard);
    case 'stuck':
      return event.type === 'again' ? print(wizard, step.slip) : stay(wizard);
    case 'ask-charset':
      return event.type === 'looks' ? looks(wizard, step.charset, event.like) : stay(wizard);
    case 'ask-columns':
      if (event.type !== 'ends-at') return stay(wizard);
      return print(chosen(wizard, { columns: event.columns, cutter: true }), 'cutter');
    case 'ask-cutter':
      if (event.type !== 'was-cut') return stay(wizard);
      return [{ ...chosen(wizard, { cutter: event.cut }), step: { at: 'ask-drawer' } }, []];
    case 'ask-drawer':
      if (event.type !== 'has-drawer') return stay(wizard);
      return event.has ? [{ ...chosen(wizard, {}), step: { at: 'ask-closed' } }, []] : done(wizard, 'none');
    default:
      return stepDrawer(wizard, event);
  }
}

function stepDrawer(wizard: Wizard, event: WizardEvent): Stepped {
  const { step } = wizard;
  switch (step.at) {
    case 'ask-closed':
      if (event.type !== 'is-closed') return stay(wizard);
      return readPin(chosen(wizard, {}), { at: 'reading', drawer: 'closed' });
    case 'reading':
      if (event.type !== 'pin') return stay(wizard);
      return step.drawer === 'closed' ? kick(wizard, event.level) : learn(wizard, step.closed, event.level);
    case 'kicking':
      if (event.type !== 'kicked') return stay(wizard);
      // A pulse that could not be sent is a printer that is gone: the page shows that; the person says it did not open.
      return [{ ...wizard, step: { at: 'ask-open', closed: step.closed } }, []];
    case 'ask-open':
      if (event.type !== 'has-opened') return stay(wizard);
      if (!event.opened) return otherPin(wizard, step.closed);
      return readPin(wizard, { at: 'reading', drawer: 'open', closed: step.closed });
    default:
      return stay(wizard);
  }
}

const stay = (wizard: Wizard): Stepped => [wizard, []];

/** Keeps an answer, and the question it was given to, so that `back` can ask it again. */
function chosen(wizard: Wizard, answer: Partial<PrinterChoices>): Wizard {
  const { step, choices } = wizard;
  return { ...wizard, choices: { ...choices, ...answer }, trail: [...wizard.trail, { step, choices }] };
}

function back(wizard: Wizard): Stepped {
  const before = wizard.trail.at(-1);
  if (before === undefined) return stay(wizard);
  return [{ ...wizard, ...before, trail: wizard.trail.slice(0, -1) }, []];
}

function print(wizard: Wizard, slip: 'charset' | 'cutter'): Stepped {
  const { choices } = wizard;
  const trial = wizard.trial + 1;
  const document = slip === 'charset' ? charsetSlip(choices.charset) : cutterSlip();
  return [
    { ...wizard, trial, step: { at: 'printing', slip } },
    [{ type: 'print', trial, choices, document }],
  ];
}

function readPin(wizard: Wizard, step: WizardStep): Stepped {
  const trial = wizard.trial + 1;
  return [{ ...wizard, trial, step }, [{ type: 'read-pin', trial }]];
}

/** A printer that cannot confirm has printed all the same; any other doubt is a paper that did not come. */
function printed(wizard: Wizard, slip: 'charset' | 'cutter', outcome: PrintOutcome): Stepped {
  if (outcome.kind !== 'confirmed' && outcome.reason !== 'no-confirmation')
    return [{ ...wizard, step: { at: 'stuck', reason: outcome.reason, slip } }, []];
  const step: WizardStep =
    slip === 'cutter' ? { at: 'ask-cutter' } : { at: 'ask-charset', charset: wizard.choices.charset };
  return [{ ...wizard, step }, []];
}

function looks(wizard: Wizard, charset: Charset, like: 'readable' | 'garbled' | 'nothing'): Stepped {
  if (like === 'readable') return [{ ...chosen(wizard, {}), step: { at: 'ask-columns' } }, []];
  // Paper that stays white is no matter of charset: another one would stay white, too.
  if (like === 'nothing')
    return [{ ...wizard, step: { at: 'stuck', reason: 'nothing-came', slip: 'charset' } }, []];
  const next = wizard.charsets[wizard.charsets.indexOf(charset) + 1];
  if (next === undefined) return [{ ...chosen(wizard, {}), step: { at: 'unreadable' } }, []];
  return print(chosen(wizard, { charset: next, qr: qrFor(next) }), 'charset');
}

function kick(wizard: Wizard, closed: SensePin): Stepped {
  const { choices } = wizard;
  const trial = wizard.trial + 1;
  return [{ ...wizard, trial, step: { at: 'kicking', closed } }, [{ type: 'kick', trial, choices }]];
}

/** Nearly every drawer hangs on pin 2; one that does not open there may hang on pin 5. */
function otherPin(wizard: Wizard, closed: SensePin): Stepped {
  if (wizard.choices.drawerPin === 2)
    return kick({ ...wizard, choices: { ...wizard.choices, drawerPin: 5 } }, closed);
  return done({ ...wizard, choices: { ...wizard.choices, drawerPin: 2 } }, 'none');
}

/** Which level means 'open' depends on the drawer: two readings tell, one closed and one open. */
function learn(wizard: Wizard, closed: SensePin, open: SensePin): Stepped {
  if (open === 'unknown' || closed === 'unknown') return done(wizard, 'unknown');
  if (open === closed) return done(wizard, 'no-sense');
  return done({ ...wizard, choices: { ...wizard.choices, drawerOpenAt: open } }, 'learned');
}

const done = (wizard: Wizard, drawer: DrawerFinding): Stepped => [
  { ...wizard, step: { at: 'done', drawer } },
  [{ type: 'keep', choices: wizard.choices }],
];
