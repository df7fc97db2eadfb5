import type { Settings } from '../flow/services.ts';
import { SoundRunner } from '../flow/sound/sound-runner.ts';
import type { Store } from '../flow/store.ts';
import { voiceSentence } from '../i18n/voice-words.ts';
import { AudioLoudspeaker, DeviceVoice } from './sound-devices.ts';

/** The whole of sound, in a chunk of its own. */
export function makeSound(settings: Store<Settings>, alarm: (error: unknown) => void): SoundRunner {
  return new SoundRunner({
    settings,
    loudspeaker: new AudioLoudspeaker(),
    voice: new DeviceVoice(globalThis.speechSynthesis),
    sentence: voiceSentence,
    alarm,
  });
}
