import { html, type nothing, type TemplateResult } from 'lit';
import type { DrawerFinding, Wizard, WizardEvent } from '../../flow/devices/printer-wizard.ts';
import { charsetMark, PAPER_COLUMNS } from '../../flow/devices/trial-slips.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { SayWizard } from '../../i18n/wizard-words.ts';
import type { WizardKey } from '../../i18n/zh-cn-wizard.ts';
import { type IconName, icon } from '../components/icons.ts';
import type { WizardScene } from '../state/wizard-view.ts';
import { cutPicture, rulerPicture, slipPicture } from './part-printer-wizard.pictures.ts';

/** One screen of the wizard: what is asked, what to look at, and the answers there are. */
export interface WizardAsk {
  readonly title: string;
  readonly how: string;
  /** What to look at before answering. */
  readonly picture?: TemplateResult;
  readonly body?: TemplateResult | typeof nothing;
}

export interface AskContext {
  readonly wizard: Wizard;
  readonly w: SayWizard;
  readonly translator: Translator;
  /** The printer waits for something: paper, cover, or it is switched off. */
  readonly isStalled: boolean;
  send(event: WizardEvent): void;
  close(): void;
}

const DONE_ROWS = ['charset', 'columns', 'cutter', 'drawer'] as const;

/** A large button. Its name in tests is `wizard-` and its word's name. */
function answer(context: AskContext, key: WizardKey, event: WizardEvent, face: readonly [string, IconName]) {
  return html`<button type="button" class="button answer ${face[0]}" data-testid="wizard-${key}" @click=${() => context.send(event)}>
    ${icon(face[1], 28)}<span>${context.w(key)}</span>
  </button>`;
}

const list = (w: SayWizard, keys: readonly WizardKey[]) =>
  html`<ul class="what">${keys.map((key) => html`<li>${icon('next', 20)}<span>${w(key)}</span></li>`)}</ul>`;

/** What stands on the screen in a scene. */
export function wizardAsk(scene: WizardScene, context: AskContext): WizardAsk {
  switch (scene) {
    case 'ask-charset':
      return charsetAsk(context);
    case 'ask-columns':
      return columnsAsk(context);
    case 'stuck':
    case 'nothing':
      return stuckAsk(scene, context);
    case 'unreadable':
      return {
        title: context.w('unreadable.ask'),
        how: context.w('unreadable.how'),
        body: list(context.w, ['unreadable.language', 'unreadable.line', 'unreadable.other']),
      };
    case 'done':
      return doneAsk(context);
    case 'printing':
    case 'kicking':
    case 'noting':
      return {
        title: context.w(context.isStalled ? 'printing.held' : scene),
        how: context.w(context.isStalled ? 'printing.stalled' : `${scene}.why`),
        ...(context.isStalled ? {} : { body: WAITING }),
      };
    case 'stopped':
      return { title: context.w('over.stopped'), how: '' };
    default:
      return yesOrNo(scene, context);
  }
}

/** Decoration: something is under way, the heading says what. */
const WAITING = html`<span class="waiting" aria-hidden="true"></span>`;

function charsetAsk(context: AskContext): WizardAsk {
  const { w, wizard } = context;
  const { charset } = wizard.choices;
  return {
    title: w('charset.ask'),
    how: w('charset.how', { mark: charsetMark(charset) }),
    picture: slipPicture(charset, w('picture.slip')),
    body: html`${answer(context, 'charset.readable', { type: 'looks', like: 'readable' }, ['good', 'check'])}
      ${answer(context, 'charset.garbled', { type: 'looks', like: 'garbled' }, ['', 'cross'])}
      ${answer(context, 'charset.nothing', { type: 'looks', like: 'nothing' }, ['other', 'question'])}`,
  };
}

function columnsAsk({ w, translator, send }: AskContext): WizardAsk {
  return {
    title: w('columns.ask'),
    how: w('columns.how'),
    body: html`${PAPER_COLUMNS.map(
      (
        columns,
      ) => html`<button type="button" class="button answer ruler" data-testid="wizard-columns.${columns}" @click=${() => send({ type: 'ends-at', columns })}>
        <span class="said"><strong>${w('columns.answer', { columns })}</strong> <small>${translator.t(`devices.columns.${columns}`)}</small></span>
        ${rulerPicture(columns)}
      </button>`,
    )}`,
  };
}

/** A question with two answers, or with one: the drawer is shut. */
function yesOrNo(
  scene: 'ask-cutter' | 'ask-drawer' | 'ask-closed' | 'ask-open',
  context: AskContext,
): WizardAsk {
  const { w, wizard } = context;
  const yes = ['good', 'check'] as const;
  const no = ['', 'cross'] as const;
  switch (scene) {
    case 'ask-cutter':
      return {
        title: w('cutter.ask'),
        how: w('cutter.how'),
        picture: cutPicture(w('picture.cut')),
        body: html`${answer(context, 'cutter.yes', { type: 'was-cut', cut: true }, ['good', 'scissors'])}
          ${answer(context, 'cutter.no', { type: 'was-cut', cut: false }, no)}`,
      };
    case 'ask-drawer':
      return {
        title: w('drawer.ask'),
        how: w('drawer.how'),
        body: html`${answer(context, 'drawer.yes', { type: 'has-drawer', has: true }, yes)}
          ${answer(context, 'drawer.no', { type: 'has-drawer', has: false }, no)}`,
      };
    case 'ask-closed':
      return {
        title: w('closed.ask'),
        how: w('closed.how'),
        body: answer(context, 'closed.yes', { type: 'is-closed' }, ['primary', 'drawer']),
      };
    default:
      return {
        title: w('open.ask'),
        how: w(wizard.choices.drawerPin === 2 ? 'open.how' : 'open.again'),
        body: html`${answer(context, 'open.yes', { type: 'has-opened', opened: true }, yes)}
          ${answer(context, 'open.no', { type: 'has-opened', opened: false }, no)}`,
      };
  }
}

/** The reason itself is told by the till's own article, above. */
function stuckAsk(scene: 'stuck' | 'nothing', context: AskContext): WizardAsk {
  const { w } = context;
  const again = answer(context, 'stuck.again', { type: 'again' }, ['primary', 'update']);
  if (scene === 'stuck') return { title: w('stuck.ask'), how: '', body: again };
  return {
    title: w('nothing.ask'),
    how: w('nothing.how'),
    body: html`${list(w, ['nothing.power', 'nothing.paper', 'nothing.cover'])} ${again}`,
  };
}

function doneAsk({ w, wizard, translator, close }: AskContext): WizardAsk {
  const { charset, columns, cutter } = wizard.choices;
  const drawer: DrawerFinding = wizard.step.at === 'done' ? wizard.step.drawer : 'none';
  const found = {
    charset: w(`done.charset.${charset}`),
    columns: translator.t(`devices.columns.${columns}`),
    cutter: w(cutter ? 'done.cutter.yes' : 'done.cutter.no'),
    drawer: w(`done.drawer.${drawer}`),
  };
  return {
    title: w('done.ask'),
    how: w('done.how'),
    body: html`<dl data-testid="wizard-found">
        ${DONE_ROWS.map((row) => html`<div class="row"><dt>${w(`done.${row}`)}</dt><dd data-found=${row}>${found[row]}</dd></div>`)}
      </dl>
      <button type="button" class="button answer primary" data-testid="wizard-close" @click=${close}>${icon('check', 28)}<span>${w('done.close')}</span></button>`,
  };
}
