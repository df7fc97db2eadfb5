import { beforeEach, describe, expect, test, vi } from 'vitest';
import { minor } from '../../domain/money.ts';
import type { Language } from '../../domain/shop.ts';
import { voiceSentence } from '../../i18n/voice-words.ts';
import { entriesOf, recordOf } from '../../ui/testing/fake-data.ts';
import { FakeServices } from '../../ui/testing/fake-services.ts';
import type { Cue } from './heard.ts';
import { SoundRunner, type Voice } from './sound-runner.ts';

class FakeVoice implements Voice {
  readonly said: string[] = [];
  languages: readonly Language[] = ['zh-CN', 'en'];
  readonly #ends: (() => void)[] = [];
  #listener: () => void = () => undefined;

  has(language: Language): boolean {
    return this.languages.includes(language);
  }

  say(text: string): Promise<void> {
    this.said.push(text);
    return new Promise((resolve) => this.#ends.push(resolve));
  }

  subscribe(listener: () => void): void {
    this.#listener = listener;
  }

  know(languages: readonly Language[]): void {
    this.languages = languages;
    this.#listener();
  }

  end(): void {
    this.#ends.shift()?.();
  }
}

let fake: FakeServices;
let voice: FakeVoice;
let heard: [Cue, number][];
let sound: SoundRunner;
const set = (change: object): void => fake.stores.settings.set({ ...fake.stores.settings.value, ...change });
const cashSale = (total: number) => entriesOf(recordOf(9, minor(total)));

beforeEach(() => {
  fake = new FakeServices();
  voice = new FakeVoice();
  heard = [];
  set({ sound: true });
  sound = new SoundRunner({
    settings: fake.stores.settings,
    loudspeaker: { play: (cue, gain) => void heard.push([cue, gain]) },
    voice,
    sentence: voiceSentence,
    alarm: (error) => {
      throw error;
    },
  });
});

describe('a sale that was written down', () => {
  test('is one sound and one sentence, whatever its entries are', () => {
    sound.written(cashSale(1_250));
    expect(heard.map(([cue]) => cue)).toEqual(['done']);
    expect(voice.said).toEqual(['收款成功 12.50 元']);
  });

  test('is said in the language of the till', () => {
    set({ language: 'en' });
    sound.written(cashSale(1_200));
    expect(voice.said).toEqual(['Payment received, 12 yuan']);
  });

  test('is not heard in silent mode, nor are keys', () => {
    set({ sound: false });
    sound.written(cashSale(1_250));
    sound.play('key');
    sound.rehearse();
    expect(heard).toEqual([]);
    expect(voice.said).toEqual([]);
  });

  test('is heard and not said where the voice is off, or speaks no such language', () => {
    set({ voice: false });
    sound.written(cashSale(1_250));
    set({ voice: true });
    voice.languages = ['en'];
    sound.written(cashSale(1_250));
    expect(heard).toHaveLength(2);
    expect(voice.said).toEqual([]);
  });
});

test('the volume makes it louder step by step', () => {
  for (const volume of ['low', 'middle', 'high']) {
    set({ volume });
    sound.play('key');
  }
  const gains = heard.map(([, gain]) => gain);
  expect(gains).toEqual([...gains].sort((a, b) => a - b));
  expect(new Set(gains).size).toBe(3);
});

test('sentences follow one another; of a rush only the last few are said', async () => {
  for (const total of [100, 200, 300, 400, 500, 600]) sound.written(cashSale(total));
  expect(voice.said).toEqual(['收款成功 1 元']);
  for (let said = 1; said <= 4; said += 1) {
    voice.end();
    await vi.waitFor(() => expect(voice.said.length).toBeGreaterThanOrEqual(Math.min(said + 1, 4)));
  }
  expect(voice.said).toEqual(['收款成功 1 元', '收款成功 4 元', '收款成功 5 元', '收款成功 6 元']);
});

test('voices that become known late are told of, and a change of language looks again', () => {
  voice.know([]);
  expect(sound.hasVoice.value).toBe(false);
  voice.know(['zh-CN']);
  expect(sound.hasVoice.value).toBe(true);
  set({ language: 'ar' });
  expect(sound.hasVoice.value).toBe(false);
});
