import * as z from 'zod/mini';
import { cardNumbersInText } from '../../src/devices/codecs/card-scan/card-scan.ts';
import { isMasked, maskedTrack } from '../../src/devices/codecs/msr/masked-track.ts';
import { withoutNames } from './hidden-names.ts';

/**
 * A track that a reader has masked, for people. Where its mask is a digit, stars stand for it: `fill` is that digit, and `but`
 * names places of the number with another one. A track that is not masked is only counted. The holder's name is stars, and is not
 * given back.
 */
export type ShownTrack =
  | string
  | { readonly text: string; readonly fill: string; readonly but?: Readonly<Record<string, string>> }
  | { readonly hidden: number };

const [FIRST, LAST] = [6, 4];

export function shownTrack(text: string): ShownTrack {
  const nameless = withoutNames(text);
  const track = maskedTrack(nameless);
  if (track === undefined) return holdsNumber(text) ? { hidden: text.length } : nameless;
  const { head, number, tail } = track;
  if (!isMasked(number) || holdsNumber(tail) || isVaried(tail)) return { hidden: text.length };
  const middle = number.slice(FIRST, -LAST);
  if (!/\d/.test(middle)) return nameless;
  const fill = commonest(middle);
  const but = Object.fromEntries(
    [...middle].flatMap((sign, at) => (sign === fill ? [] : [[String(FIRST + at), sign] as const])),
  );
  const stars = number.slice(0, FIRST) + '*'.repeat(middle.length) + number.slice(-LAST);
  return { text: head + stars + tail, fill, ...(Object.keys(but).length === 0 ? {} : { but }) };
}

export const ShownTrackSchema = z.union([
  z.string(),
  z.strictObject({
    text: z.string(),
    fill: z.string().check(z.length(1)),
    but: z.optional(z.record(z.string(), z.string())),
  }),
]);

/** The track as the reader sent it, but for the name. */
export function trackOf(shown: z.infer<typeof ShownTrackSchema>): string {
  if (typeof shown === 'string') return shown;
  const { text, fill, but = {} } = shown;
  const track = maskedTrack(text);
  if (track === undefined) return text;
  const number = [...track.number].map((sign, at) => but[at] ?? (sign === '*' ? fill : sign)).join('');
  return track.head + number + track.tail;
}

const holdsNumber = (text: string): boolean => cardNumbersInText(text).length > 0;

/** What follows the expiry date is the bank's own, and belongs to nobody else: a reader that shows it is not quoted. */
const isVaried = (tail: string): boolean => {
  const own = /^(?:=|\^[^^]*\^)\d{0,4}(.*)$/s.exec(tail)?.[1] ?? '';
  return new Set(own.replaceAll(/\D/g, '')).size > 1;
};

function commonest(text: string): string {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
