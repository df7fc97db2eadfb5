import { describe, expect, test, vi } from 'vitest';
import { CUES } from '../flow/sound/heard.ts';
import { AudioLoudspeaker, DeviceVoice } from './sound-devices.ts';

/** As much of a synthesiser as a note needs; writes down what is played. */
function fakeContext() {
  const tones: { hz: number; start: number; stop: number; type: string }[] = [];
  const context = {
    state: 'running',
    currentTime: 10,
    destination: {},
    resume: vi.fn(async () => undefined),
    createGain: () => ({
      gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() },
      connect: (next: unknown) => next,
    }),
    createOscillator: () => {
      const tone = { hz: 0, start: 0, stop: 0, type: '' };
      tones.push(tone);
      return {
        set type(type: string) {
          tone.type = type;
        },
        frequency: {
          set value(hz: number) {
            tone.hz = hz;
          },
        },
        connect: (next: { connect(to: unknown): unknown }) => next,
        start: (at: number) => {
          tone.start = at;
        },
        stop: (at: number) => {
          tone.stop = at;
        },
      };
    },
  };
  return { tones, context };
}

const atOnce = (work: () => void): void => work();

describe('the loudspeaker', () => {
  test('makes a different sound for every cue, all of them short', () => {
    const heard = CUES.map((cue) => {
      const { tones, context } = fakeContext();
      new AudioLoudspeaker(() => context as never, atOnce).play(cue, 0.2);
      expect(Math.max(...tones.map(({ stop }) => stop)) - 10).toBeLessThan(0.8);
      return tones.map(({ hz, start }) => `${hz}@${start.toFixed(2)}`).join();
    });
    expect(new Set(heard).size).toBe(CUES.length);
  });

  test('makes its synthesiser at the first sound, once, and wakes it when it sleeps', () => {
    const { context } = fakeContext();
    const make = vi.fn(() => context as never);
    const loudspeaker = new AudioLoudspeaker(make, atOnce);
    expect(make).not.toHaveBeenCalled();
    loudspeaker.play('key', 0.1);
    context.state = 'suspended';
    loudspeaker.play('key', 0.1);
    expect(make).toHaveBeenCalledOnce();
    expect(context.resume).toHaveBeenCalledOnce();
  });

  test('a browser that refuses is silent, and nothing fails', () => {
    const refuse = vi.fn(() => {
      throw new DOMException('no device', 'NotSupportedError');
    });
    const loudspeaker = new AudioLoudspeaker(refuse, atOnce);
    expect(() => loudspeaker.play('done', 1)).not.toThrow();
    loudspeaker.play('done', 1);
    expect(refuse).toHaveBeenCalledTimes(2); // It may have been plugged in meanwhile.
  });

  test('the key that makes the first sound is seen before the synthesiser is made; what is pressed meanwhile is not heard late', () => {
    const { context, tones } = fakeContext();
    const make = vi.fn(() => context as never);
    const waiting: (() => void)[] = [];
    const loudspeaker = new AudioLoudspeaker(make, (work) => waiting.push(work));
    loudspeaker.play('key', 0.1);
    loudspeaker.play('key', 0.1);
    expect(make).not.toHaveBeenCalled();
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    expect(tones).toHaveLength(1);
    loudspeaker.play('key', 0.1);
    expect(tones).toHaveLength(2);
    expect(make).toHaveBeenCalledOnce();
  });
});

describe('the voice', () => {
  const voice = (lang: string, localService = true) => ({ lang, localService, name: lang });
  const synthesis = (...voices: object[]) =>
    ({ getVoices: () => voices, addEventListener: vi.fn() }) as unknown as SpeechSynthesis;

  test('is one of the device: what speaks over the network is not used', () => {
    expect(new DeviceVoice(synthesis(voice('zh-CN', false))).has('zh-CN')).toBe(false);
    expect(new DeviceVoice(synthesis(voice('zh-CN', false), voice('zh_CN'))).has('zh-CN')).toBe(true);
  });

  test('of the family will do, and of another language will not', () => {
    expect(new DeviceVoice(synthesis(voice('zh-TW'))).has('zh-CN')).toBe(true);
    expect(new DeviceVoice(synthesis(voice('en-GB'))).has('en')).toBe(true);
    expect(new DeviceVoice(synthesis(voice('en-GB'))).has('ar')).toBe(false);
  });

  test('that is not there says nothing and holds nobody up', async () => {
    await new DeviceVoice(undefined).say('x', 'en', 1);
    await new DeviceVoice(synthesis()).say('x', 'en', 1);
  });
});
