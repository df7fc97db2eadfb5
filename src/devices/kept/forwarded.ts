import type { DeviceSession } from '../driver.ts';
import type { KeptLink } from './kept-link.ts';

/** What a device tells, from whatever session is there: listeners stay, sessions come and go. */
export class Forwarded<Session extends DeviceSession, Message> {
  readonly #listeners = new Set<(message: Message) => void>();
  #session: Session | undefined;
  #stop: () => void = () => undefined;

  /** `listen` begins on a fresh session and returns the function that stops it. */
  constructor(
    kept: Pick<KeptLink<Session, never>, 'session' | 'subscribe'>,
    listen: (session: Session, tell: (message: Message) => void) => () => void,
  ) {
    const follow = (): void => {
      if (kept.session === this.#session) return;
      this.#stop();
      this.#session = kept.session;
      this.#stop =
        kept.session === undefined ? () => undefined : listen(kept.session, (message) => this.#tell(message));
    };
    kept.subscribe(follow);
    follow();
  }

  subscribe(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}
