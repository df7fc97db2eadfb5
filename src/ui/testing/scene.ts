import type { FakeServices } from './fake-services.ts';

/** A page in one of its states, for eyes and for tests that walk through all of them. */
export interface Scene {
  readonly name: string;
  readonly hash?: string;
  set(fake: FakeServices): void;
}
