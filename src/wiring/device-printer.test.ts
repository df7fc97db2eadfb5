import { describe, expect, test } from 'vitest';
import type { DeviceMoment } from '../flow/counter-devices.ts';
import { PrinterSightings } from './device-printer.ts';

function sightings() {
  let nowMs = 1_000;
  const moments: DeviceMoment[] = [];
  const seen = new PrinterSightings({
    clock: { now: () => nowMs, mono: () => nowMs },
    happened: (moment) => moments.push(moment),
  });
  return {
    seen,
    told: () => moments.map(({ what }) => what),
    moments,
    at: (ms: number) => {
      nowMs = ms;
    },
  };
}

describe('the printer in the diagnostic report', () => {
  test('comes, goes with its reason, and comes back, each told once', () => {
    const { seen, told, moments, at } = sightings();
    seen.look({ link: 'absent' });
    seen.look({ link: 'connecting' });
    seen.look({ link: 'connected' });
    seen.look({ link: 'connected' });
    at(61_000);
    seen.look({ link: 'absent', trouble: 'lost' });
    seen.look({ link: 'connecting', trouble: 'lost' });
    seen.look({ link: 'absent', trouble: 'busy' });
    seen.look({ link: 'connected' });
    expect(told()).toEqual(['connected', 'gone', 'busy', 'connected']);
    expect(moments[1]).toEqual({ atMs: 61_000, place: 'printer', what: 'gone' });
  });

  test('was last seen when it was last connected; one that was forgotten never', () => {
    const { seen, at } = sightings();
    expect(seen.lastSeenMs).toBeUndefined();
    seen.look({ link: 'connected' });
    at(5_000);
    seen.look({ link: 'absent', trouble: 'lost' });
    at(9_000);
    seen.look({ link: 'absent', trouble: 'lost' });
    expect(seen.lastSeenMs).toBe(5_000);
    seen.tell('forgotten');
    expect(seen.lastSeenMs).toBeUndefined();
  });
});
