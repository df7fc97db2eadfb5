import { decode } from 'fast-png';

const WIDTH = 36;
const HEIGHT = 19;

/** What is left of a picture from two metres and without colour: 36 by 19 dots of light, each from 0 to 1. */
export function bandOf(png: Uint8Array): readonly number[] {
  const { width, height, data, channels } = decode(png);
  const light = (x: number, y: number): number => {
    const at = (y * width + x) * channels;
    return (0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0)) / 255;
  };
  const spans = (size: number, parts: number) =>
    Array.from({ length: parts }, (_, part) => {
      const [from, to] = [Math.floor((part * size) / parts), Math.floor(((part + 1) * size) / parts)];
      return Array.from({ length: Math.max(1, to - from) }, (__, index) => from + index);
    });
  const columns = spans(width, WIDTH);
  return spans(height, HEIGHT).flatMap((rows) =>
    columns.map((column) => {
      const dots = rows.flatMap((y) => column.map((x) => light(x, y)));
      return dots.reduce((all, each) => all + each, 0) / dots.length;
    }),
  );
}

/** How far apart two pictures of the same size are: the mean difference of their dots, from 0 to 1. */
export function differenceOf(one: readonly number[], other: readonly number[]): number {
  return one.reduce((all, each, index) => all + Math.abs(each - (other[index] ?? 0)), 0) / one.length;
}
