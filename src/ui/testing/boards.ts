import { html } from 'lit';
import type { Board } from './board.ts';
import { MACHINE_BOARDS } from './boards-machine.ts';
import { MONEY_BOARDS } from './boards-money.ts';
import { WORD_BOARDS } from './boards-words.ts';

const button = (look: string, word: string, disabled = false) =>
  html`<button type="button" class="button ${look}" ?disabled=${disabled}>${word}</button>`;

/** Keycaps are a style sheet, not an element. */
const BUTTONS: Board = {
  element: '.button',
  specimens: ['', 'primary', 'other', 'good', 'danger', 'quiet', 'primary big'].flatMap((look) => [
    { state: look === '' ? 'plain' : look, view: button(look, '收款 Charge') },
    { state: `${look === '' ? 'plain' : look}, disabled`, view: button(look, '收款 Charge', true) },
  ]),
};

export const BOARDS: readonly Board[] = [BUTTONS, ...MONEY_BOARDS, ...WORD_BOARDS, ...MACHINE_BOARDS];
