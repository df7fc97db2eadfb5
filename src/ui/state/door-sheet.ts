import { consume } from '@lit/context';
import type { DoorKey } from '../../i18n/door-words.ts';
import type { Parameters, Speaker } from '../../i18n/speaker.ts';
import { type Door, doorContext, speakerContext } from './door-contexts.ts';
import { Sheet } from './sheet.ts';

/** What is shown before the till has been built: it knows who may come in and a few words, and nothing else. */
export abstract class DoorSheet extends Sheet {
  @consume({ context: doorContext })
  protected door!: Door;

  @consume({ context: speakerContext, subscribe: true })
  protected speaker!: Speaker;

  protected t(key: DoorKey, parameters?: Parameters): string {
    return this.speaker.t(key, parameters);
  }
}
