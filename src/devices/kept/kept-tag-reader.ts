import type { DeviceSession } from '../driver.ts';
import type { Tag, TagReader } from '../ports.ts';
import { Forwarded } from './forwarded.ts';
import type { KeptLink } from './kept-link.ts';

/** A tag reader on one open link. */
export interface TagSession extends DeviceSession, Omit<TagReader, 'link' | 'subscribe'> {}

/** The till's tag reader as flows see it: there from the start, whether or not one is plugged in. */
export class KeptTagReader<Settings> implements TagReader {
  readonly kept: KeptLink<TagSession, Settings>;
  readonly #tags: Forwarded<TagSession, Tag>;

  constructor(kept: KeptLink<TagSession, Settings>) {
    this.kept = kept;
    this.#tags = new Forwarded(kept, (session, tell) => session.onTag(tell));
  }

  get link(): 'connected' | 'absent' {
    return this.kept.session === undefined ? 'absent' : 'connected';
  }

  subscribe(listener: () => void): () => void {
    return this.kept.subscribe(listener);
  }

  onTag(listener: (tag: Tag) => void): () => void {
    return this.#tags.subscribe(listener);
  }
}
