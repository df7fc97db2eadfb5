import type { Wizard, WizardStep } from '../../flow/devices/printer-wizard.ts';

/** What the wizard finds out, in its order. */
export const WIZARD_STAGES = ['charset', 'columns', 'cutter', 'drawer'] as const;
export type WizardStage = (typeof WIZARD_STAGES)[number];

/** What is on the screen. Short waits for the drawer's pin are shown as what they belong to, so that nothing flickers. */
export type WizardScene = Exclude<WizardStep['at'], 'reading'> | 'noting' | 'nothing';

export interface WizardView {
  readonly scene: WizardScene;
  /** Undefined when it is over. */
  readonly stage: WizardStage | undefined;
  /** Another one is another screen: the reader's place moves to its heading. */
  readonly key: string;
}

export function wizardView({ step, choices, trial }: Wizard): WizardView {
  const scene = sceneOf(step);
  switch (scene) {
    case 'printing':
      return { scene, stage: slipStage(step), key: `printing ${trial}` };
    case 'stuck':
    case 'nothing':
      return { scene, stage: slipStage(step), key: scene };
    case 'ask-charset':
      return { scene, stage: 'charset', key: `${scene} ${choices.charset}` };
    case 'unreadable':
      return { scene, stage: 'charset', key: scene };
    case 'ask-columns':
      return { scene, stage: 'columns', key: scene };
    case 'ask-cutter':
      return { scene, stage: 'cutter', key: scene };
    case 'done':
    case 'stopped':
      return { scene, stage: undefined, key: scene };
    default:
      return { scene, stage: 'drawer', key: `${scene} ${choices.drawerPin}` };
  }
}

function sceneOf(step: WizardStep): WizardScene {
  if (step.at === 'reading') return step.drawer === 'closed' ? 'kicking' : 'noting';
  return step.at === 'stuck' && step.reason === 'nothing-came' ? 'nothing' : step.at;
}

const slipStage = (step: WizardStep): WizardStage =>
  'slip' in step && step.slip === 'cutter' ? 'cutter' : 'charset';
