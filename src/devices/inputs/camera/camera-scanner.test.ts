import { describe, expect, test } from 'vitest';
import { DeviceError } from '../../errors.ts';
import { FakeTimers, settle } from '../../testing/fake-timers.ts';
import { AGAIN_AFTER_MS, CameraScanner } from './camera-scanner.ts';
import { cameraScan, type SeenCode } from './code-detector.ts';
import { openCamera } from './open-camera.ts';

const EAN: SeenCode = { text: '6901234567892', format: 'ean-13' };
const QR: SeenCode = { text: '134567890123456789', format: 'qr' };

class FakeTrack extends EventTarget {
  readyState = 'live';
  stop(): void {
    this.readyState = 'ended';
  }
}

function stage() {
  const timers = new FakeTimers();
  let now = 0;
  const track = new FakeTrack();
  const stream = Object.assign(new EventTarget(), {
    getTracks: () => [track],
    getVideoTracks: () => [track],
  }) as EventTarget as MediaStream;
  let refuses = false;
  const video = Object.assign(new EventTarget(), {
    muted: false,
    playsInline: false,
    srcObject: null as MediaProvider | null,
    play: async () => {
      if (refuses) throw new DOMException('', 'NotSupportedError');
    },
  }) as EventTarget as HTMLVideoElement;
  const told: string[] = [];
  let sees: () => Promise<readonly SeenCode[]> = async () => [];
  let closed = 0;
  const scanner = new CameraScanner({
    video,
    detector: {
      detect: () => sees(),
      close: () => {
        closed += 1;
      },
    },
    timers,
    now: () => now,
    onCode: (text) => told.push(text),
    onEnd: (code) => told.push(code),
  });
  return {
    scanner,
    stream,
    track,
    video,
    told,
    closed: () => closed,
    refuse: () => {
      refuses = true;
    },
    see: (what: typeof sees) => {
      sees = what;
    },
    pass: async (ms: number) => {
      for (let step = 0; step < ms; step += 60) {
        now += 60;
        await timers.advance(60);
      }
    },
  };
}

describe('the camera as a scanner', () => {
  test('tells a code once while it stays in sight, and again when it comes back', async () => {
    const { scanner, stream, told, see, pass } = stage();
    await scanner.start(stream);
    see(async () => [EAN]);
    await pass(AGAIN_AFTER_MS * 3);
    expect(told).toEqual([EAN.text]);
    see(async () => []);
    await pass(AGAIN_AFTER_MS - 300);
    see(async () => [EAN]);
    await pass(300);
    expect(told).toEqual([EAN.text]);
    see(async () => []);
    await pass(AGAIN_AFTER_MS + 300);
    see(async () => [EAN, QR]);
    await pass(300);
    expect(told).toEqual([EAN.text, EAN.text, QR.text]);
  });

  test('one look at a time, however long it takes', async () => {
    const { scanner, stream, see, pass } = stage();
    let looks = 0;
    see(() => {
      looks += 1;
      return new Promise(() => undefined);
    });
    await scanner.start(stream);
    await pass(3_000);
    expect(looks).toBe(1);
  });

  test('a code that is read while the camera is being stopped is not told', async () => {
    const { scanner, stream, track, video, told, see, pass, closed } = stage();
    let answer: (codes: readonly SeenCode[]) => void = () => undefined;
    see(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await scanner.start(stream);
    await pass(300);
    scanner.stop();
    scanner.stop();
    answer([EAN]);
    await settle();
    expect([told, track.readyState, video.srcObject, closed()]).toEqual([[], 'ended', null, 1]);
  });

  test('a camera that is pulled out ends it, once, with everything released', async () => {
    const { scanner, stream, track, video, told, pass } = stage();
    await scanner.start(stream);
    track.dispatchEvent(new Event('ended'));
    track.dispatchEvent(new Event('ended'));
    await pass(300);
    expect([told, video.srcObject]).toEqual([['lost'], null]);
  });

  test('a look that fails now and then is nothing; five in a row end it with their code', async () => {
    const { scanner, stream, told, see, pass } = stage();
    let looks = 0;
    await scanner.start(stream);
    see(async () => {
      looks += 1;
      if (looks % 5 !== 0) throw new DeviceError('timeout', 'no');
      return [];
    });
    await pass(3_000);
    expect(told).toEqual([]);
    see(async () => {
      throw new DeviceError('unsupported', 'no');
    });
    await pass(1_200);
    expect(told).toEqual(['unsupported']);
  });

  test('a picture that cannot be shown lets the camera go', async () => {
    const { scanner, stream, track, refuse } = stage();
    refuse();
    await expect(scanner.start(stream)).rejects.toMatchObject({ code: 'unsupported' });
    expect(track.readyState).toBe('ended');
  });

  test('what it tells is the scan of any other scanner', () => {
    expect(cameraScan(EAN.text, EAN.format)).toEqual({ text: EAN.text, symbology: 'E0', source: 'camera' });
  });
});

describe('asking for the camera', () => {
  test.each([
    ['NotAllowedError', 'no-access'],
    ['NotReadableError', 'busy'],
    ['NotFoundError', 'unsupported'],
    ['OverconstrainedError', 'unsupported'],
  ])('a %s is %s', async (name, code) => {
    const media = { getUserMedia: () => Promise.reject(new DOMException('', name)) };
    await expect(openCamera(media)).rejects.toMatchObject({ code });
  });

  test('wishes for the camera that looks away, without sound', async () => {
    let asked: MediaStreamConstraints | undefined;
    const { stream } = stage();
    const media = {
      getUserMedia: async (what?: MediaStreamConstraints) => {
        asked = what;
        return stream;
      },
    };
    expect(await openCamera(media)).toBe(stream);
    expect(asked).toMatchObject({ audio: false, video: { facingMode: { ideal: 'environment' } } });
  });
});
