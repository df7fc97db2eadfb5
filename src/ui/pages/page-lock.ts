import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SessionState } from '../../flow/services.ts';
import { icon, mark } from '../components/icons.ts';
import '../components/pos-pin-pad.ts';
import { DoorSheet } from '../state/door-sheet.ts';
import { base, buttons } from '../styles/shared.ts';

type Locked = Extract<SessionState, { at: 'locked' }>;

/** Who is at the till: six digits open it. */
@customElement('page-lock')
export class PageLock extends DoorSheet {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        min-height: 100%;
        align-content: center;
        justify-items: center;
        gap: 18px;
        padding: var(--space-16);
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      .who {
        display: grid;
        justify-items: center;
        gap: var(--space-4);
        text-align: center;
      }
      h1 {
        font-size: var(--text-28);
        line-height: 1.2;
        overflow-wrap: anywhere;
      }
      .people {
        color: var(--bezel-dim);
      }
      .state {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 10px;
        min-height: 56px;
        max-width: 26em;
        font-weight: 600;
        text-align: center;
      }
      .state.bad {
        color: var(--bezel-bad);
      }
      pos-pin-pad {
        --key: var(--bezel-key);
        --key-edge: var(--bezel-key-edge);
        --key-other: var(--bezel-key-other);
        --key-other-edge: var(--bezel-key-edge);
        --ink: var(--bezel-ink);
      }
      pos-pin-pad.shake {
        animation: shake var(--motion-shake);
      }
      .leave {
        color: var(--bezel-ink);
      }
      @keyframes shake {
        25%,
        75% {
          translate: -10px;
        }
        50% {
          translate: 10px;
        }
      }
    `,
  ];

  @state() private wrong = false;
  @state() private checking = false;
  /** Seconds that passed since the wait was last told. */
  @state() private waitedS = 0;
  #waitOf: Locked | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    super.disconnectedCallback();
  }

  override render() {
    const session = this.follow(this.door.session.state);
    if (session.at !== 'locked') return html``;
    const leftS = this.#waitLeft(session);
    return html`
      <div class="who">
        ${mark(64)}
        <h1 tabindex="-1">${session.shop.name}</h1>
        <p class="people">${session.operators.map((operator) => operator.name).join(' · ')}</p>
      </div>
      <p class="state ${this.wrong || leftS > 0 || session.managerOnly ? 'bad' : ''}" role="status" data-testid="lock-state">
        ${this.#words(session, leftS)}
      </p>
      <pos-pin-pad
        class=${this.wrong ? 'shake' : ''}
        .words=${{ label: this.t('lock.pin'), back: this.t('keypad.back') }}
        ?disabled=${leftS > 0 || this.checking}
        @pos-pin=${this.#pin}
      ></pos-pin-pad>
      ${
        this.door.session.training
          ? html`<button type="button" class="button quiet leave" data-testid="leave-training" @click=${() => this.door.session.leaveTraining()}>${this.t('settings.leave-training')}</button>`
          : nothing
      }
    `;
  }

  #words({ failures, managerOnly }: Locked, leftS: number) {
    if (leftS > 0) return html`${icon('lock')} ${this.t('lock.wait', { count: leftS })}`;
    if (managerOnly) return html`${icon('lock')} ${this.t('lock.manager-only')}`;
    if (this.checking) return this.t('lock.checking');
    return this.wrong || failures > 0 ? this.t('lock.wrong', { count: failures }) : this.t('lock.pin');
  }

  /** The wait counts down here between one word of the session and the next. */
  #waitLeft(session: Locked): number {
    if (this.#waitOf !== session) {
      this.#waitOf = session;
      this.waitedS = 0;
      clearInterval(this.#ticker);
      this.#ticker = session.waitS > 0 ? setInterval(() => this.#tick(session.waitS), 1_000) : undefined;
    }
    return Math.max(0, Math.ceil(session.waitS) - this.waitedS);
  }

  #tick(waitS: number): void {
    this.waitedS += 1;
    if (this.waitedS >= waitS) clearInterval(this.#ticker);
  }

  readonly #pin = async (event: CustomEvent<{ readonly pin: string }>): Promise<void> => {
    this.wrong = false;
    this.checking = true;
    const opened = await this.door.session.unlock(event.detail.pin).catch(() => false);
    this.checking = false;
    this.wrong = !opened;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-lock': PageLock;
  }
}
