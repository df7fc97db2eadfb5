import { decode, encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { smallPng } from './small-png.ts';

const picture = (width: number, height: number, colour: (dot: number) => readonly number[]) => ({
  width,
  height,
  channels: 3 as const,
  data: Uint8Array.from(Array.from({ length: width * height }, (_, dot) => colour(dot)).flat()),
});

/** Dots of a picture, whatever way they are kept. */
function dotsOf(png: Uint8Array): readonly number[] {
  const { data, palette } = decode(png);
  return palette === undefined ? [...data] : [...data].flatMap((index) => palette[index]?.slice(0, 3) ?? []);
}

describe('a small picture', () => {
  test('is the same picture, to a shade', () => {
    const seen = picture(7, 5, (dot) => [dot * 7, 255 - dot * 3, 96]);
    const small = dotsOf(smallPng(encode(seen)));
    expect(small).toHaveLength(seen.data.length);
    expect(
      Math.max(...small.map((value, index) => Math.abs(value - (seen.data[index] ?? 0)))),
    ).toBeLessThanOrEqual(4);
  });

  test('keeps fewer shades where there are too many colours', () => {
    const seen = picture(64, 64, (dot) => [dot % 256, (dot * 5) % 256, 200]);
    const small = dotsOf(smallPng(encode(seen)));
    expect(
      Math.max(...small.map((value, index) => Math.abs(value - (seen.data[index] ?? 0)))),
    ).toBeLessThanOrEqual(16);
  });
});
