import type { SignedEntry } from '../domain/entry.ts';
import type { Settings } from '../flow/services.ts';
import type { Cue } from '../flow/sound/heard.ts';
import type { SoundRunner } from '../flow/sound/sound-runner.ts';
import type { Sound } from '../flow/sound-service.ts';
import { Store } from '../flow/store.ts';

/** Stands for sound until its chunk is there. What should have been heard before is not heard late. */
export class LateSound implements Sound {
  readonly hasVoice = new Store(false);
  #machine: SoundRunner | undefined;

  /** Never rejects: without its chunk a till is silent, and everything else goes on. */
  async load(settings: Store<Settings>, alarm: (error: unknown) => void): Promise<void> {
    try {
      const { makeSound } = await import('./sound-machine.ts');
      const machine = makeSound(settings, alarm);
      const follow = (): void => this.hasVoice.set(machine.hasVoice.value);
      machine.hasVoice.subscribe(follow);
      follow();
      this.#machine = machine;
    } catch (error) {
      alarm(error);
    }
  }

  play(cue: Cue): void {
    this.#machine?.play(cue);
  }

  rehearse(): void {
    this.#machine?.rehearse();
  }

  written(entries: readonly SignedEntry[]): void {
    this.#machine?.written(entries);
  }
}
