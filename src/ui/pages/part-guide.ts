import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { GuideStep } from '../../flow/welcome/guide.ts';
import { icon } from '../components/icons.ts';
import { findDeep } from '../state/find-deep.ts';
import { HelpPage } from '../state/help-page.ts';
import { base, buttons } from '../styles/shared.ts';

/** Ms between looks at where the thing to press is: a page may scroll, and the next one comes when it likes. */
const LOOK_MS = 250;
/** Room between the ring and what it is around. */
const RING_GAP = 4;
/** Steps that have a number of their own. */
const COUNTED: readonly GuideStep[] = ['amount', 'charge', 'take', 'done'];
/** What is to be pressed; the first that is there and in sight. */
const TARGETS: Readonly<Partial<Record<GuideStep, readonly string[]>>> = {
  amount: ['pos-keypad'],
  charge: ['[data-testid="charge"]'],
  take: ['[data-testid="quick-0"]', '[data-testid="confirm-cash"]'],
  done: ['[data-testid="next"]'],
};

/** The next action of a first sale in words, and a ring around it. In nobody's way: every key works as it always does. */
@customElement('part-guide')
export class PartGuide extends HelpPage {
  static override styles = [
    base,
    buttons,
    css`
      .band {
        display: flex;
        align-items: center;
        gap: var(--space-12);
        min-height: 56px;
        padding-block: var(--space-4);
        padding-inline: var(--space-12) var(--space-8);
        background: var(--call);
        color: var(--call-ink);
      }
      .step {
        display: grid;
        place-items: center;
        flex: none;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--call-ink);
        color: var(--call);
        font-weight: 700;
      }
      .text {
        flex: 1;
        min-width: 0;
        font-size: var(--text-17);
        font-weight: 650;
        line-height: 1.2;
      }
      .button {
        flex: none;
        color: inherit;
      }
      .button.primary {
        color: var(--accent-ink);
      }
      /* A phone has no line to spare: what is to be pressed must be in sight. */
      @media (max-width: 699px) and (max-height: 800px) {
        .band {
          min-height: 40px;
          padding-block: 1px;
        }
        .step {
          width: 30px;
          height: 30px;
        }
        .text {
          font-size: var(--text-15);
          line-height: 1.15;
        }
      }
      .ring {
        position: fixed;
        z-index: 5;
        border: 4px solid var(--call-ink);
        outline: 3px solid var(--call);
        border-radius: var(--radius-l);
        pointer-events: none;
        animation: call var(--motion-wait) ease-in-out infinite;
      }
      @keyframes call {
        50% {
          outline-offset: 5px;
        }
      }
    `,
  ];

  @query('.ring') private ring!: HTMLElement | null;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#place(), LOOK_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#timer);
    super.disconnectedCallback();
  }

  override render() {
    const { welcome } = this.services;
    const step = this.follow(welcome.guide);
    if (step === undefined) return nothing;
    const number = COUNTED.indexOf(step) + 1;
    return html`<section class="band" aria-label=${this.h('guide.label')} data-testid="guide" data-step=${step}>
      <span class="step">${
        number === 0
          ? icon(step === 'end' ? 'check' : 'next', 22)
          : html`<span aria-hidden="true">${number}</span><span class="heard">${this.h('guide.step', { step: number, of: COUNTED.length })}</span>`
      }</span>
      <p class="text" role="status">${this.h(`guide.${step}`)}</p>
      ${
        step === 'end'
          ? html`<button type="button" class="button primary" data-testid="guide-set-up" @click=${() => this.services.session.leaveTraining()}>${this.h('guide.set-up')}</button>
              <button type="button" class="button icon quiet" data-testid="guide-skip" aria-label=${this.t('common.close')} @click=${() => welcome.skipGuide()}>${icon('cross')}</button>`
          : html`<button type="button" class="button quiet" data-testid="guide-skip" @click=${() => welcome.skipGuide()}>${this.h('guide.skip')}</button>`
      }
    </section>
    <div class="ring" hidden></div>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#place();
  }

  /** Around what is to be pressed; nowhere when it is not in sight. */
  #place(): void {
    const { ring } = this;
    const step = this.services.welcome.guide.value;
    if (ring === null || step === undefined) return;
    const target = (TARGETS[step] ?? [])
      .map((selector) => findDeep(document.body, selector))
      .find((found) => found?.checkVisibility() === true);
    const box = target?.getBoundingClientRect();
    ring.hidden = box === undefined || box.width === 0;
    if (box === undefined) return;
    ring.style.left = `${box.left - RING_GAP}px`;
    ring.style.top = `${box.top - RING_GAP}px`;
    ring.style.width = `${box.width + 2 * RING_GAP}px`;
    ring.style.height = `${box.height + 2 * RING_GAP}px`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-guide': PartGuide;
  }
}
