import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-dialog.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base, buttons } from '../styles/shared.ts';

/**
 * The camera as a scanner, in a window of its own. What it reads is heard like any other scan; whoever opened it closes it
 * when it has what it wanted. The camera runs only while it is shown.
 *
 * @fires pos-close - it was closed, by the person or because the page was put aside
 */
@customElement('part-camera')
export class PartCamera extends CounterPage {
  static override styles = [
    base,
    buttons,
    css`
      .stack {
        display: grid;
        gap: var(--space-12);
      }
      .sight {
        position: relative;
        display: grid;
        place-items: center;
        aspect-ratio: 4 / 3;
        max-height: 56vh;
        width: 100%;
        border-radius: var(--radius);
        overflow: hidden;
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      .sight > * {
        grid-area: 1 / 1;
      }
      video {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .frame {
        width: min(64%, 300px);
        aspect-ratio: 1;
        border: 3px solid var(--bezel-ink);
        border-radius: var(--radius-xl);
        box-shadow: 0 0 0 100vmax var(--scrim);
      }
      .opening {
        padding: var(--space-16);
        font-weight: 600;
      }
      .private {
        color: var(--ink-dim);
        font-size: var(--text-15);
      }
    `,
  ];

  @property({ type: Boolean }) shown = false;
  /** Said under the picture: what became of the last code, if it was not wanted. */
  @property() note = '';
  @state() private isLooking = false;
  @state() private trouble: string | undefined;
  @query('video') private video!: HTMLVideoElement | null;
  /** The element that shows the picture while the camera runs. */
  #running: HTMLVideoElement | undefined;
  #stop: () => void = () => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#hidden);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#hidden);
    this.#end();
    super.disconnectedCallback();
  }

  override render() {
    return html`<pos-dialog .shown=${this.shown} .heading=${this.c('camera.title')} .closing=${this.t('common.close')} @pos-close=${this.#closed}>
      <div class="stack" data-testid="camera" data-state=${this.trouble === undefined ? (this.isLooking ? 'looking' : 'opening') : 'ended'}>
        ${this.trouble === undefined ? this.#sight() : this.#ended(this.trouble)}
      </div>
    </pos-dialog>`;
  }

  #sight() {
    return html`<div class="sight">
        <video playsinline muted aria-label=${this.c('camera.title')} @playing=${() => {
          this.isLooking = true;
        }}></video>
        ${this.isLooking ? html`<span class="frame"></span>` : html`<p class="opening">${this.c('camera.opening')}</p>`}
      </div>
      <p role="status"><strong>${this.note === '' ? this.c('camera.aim') : this.note}</strong></p>
      <p class="private">${this.c('camera.private')}</p>`;
  }

  #ended(trouble: string) {
    return html`<pos-article .article=${this.speaker.problem(trouble, 'camera')}></pos-article>
      <button type="button" class="button primary wide" data-testid="camera-again" @click=${() => {
        this.trouble = undefined;
      }}>${icon('update')} ${this.c('camera.retry')}</button>`;
  }

  protected override updated(): void {
    const { video } = this;
    if (!this.shown || video === null || this.trouble !== undefined) return this.#end();
    if (this.#running === video) return;
    this.#end();
    this.#running = video;
    this.#stop = this.services.counter.scanByCamera(video, (trouble) => {
      this.trouble = trouble;
    });
  }

  /** Lets the camera go: its light goes out. */
  #end(): void {
    this.#stop();
    this.#stop = () => undefined;
    this.#running = undefined;
    this.isLooking = false;
  }

  readonly #hidden = (): void => {
    if (document.hidden) this.shown = false;
  };

  readonly #closed = (): void => {
    this.shown = false;
    this.trouble = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-camera': PartCamera;
  }
}
