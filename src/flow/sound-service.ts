import type { Cue } from './sound/heard.ts';
import type { Store } from './store.ts';

/** What pages may ask of the loudspeaker. Results of payments are heard without being asked for: from the journal. */
export interface Sound {
  /** A key, a scan. Silent when sound is off; never waits, never fails. */
  play(cue: Cue): void;
  /** Lets whoever sets the volume hear it: a finished sale, and its announcement where a voice is on. */
  rehearse(): void;
  /** Whether this device has a voice of its own for the language. Voices that speak over the network are not used. */
  readonly hasVoice: Store<boolean>;
}
