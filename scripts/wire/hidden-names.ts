/** A masked track 1: its number, the holder's name, and what follows. ISO/IEC 7813 gives the name 2 to 26 signs. */
const NAME = /([0-9*#Xx.?_-]{12,19}\^)([^^]{2,26})(?=\^)/g;
const STAR = 0x2a;
/** EMV objects that hold a name: 5F20, and 9F0B for one that is too long. */
const NAME_TAGS: readonly number[] = [0x5f20, 0x9f0b];

/** What parts a name, and says nothing. */
const KEPT = [' ', '/', '*'];

/** The text with stars for the letters of every cardholder's name in it. Just as long, so that it goes back into a frame. */
export const withoutNames = (text: string): string =>
  text.replace(NAME, (_, number: string, name: string) => number + starred(name));

/** The same in bytes. `names`: where else a name stands, for example the value of object 5F20. */
export function bytesWithoutNames(bytes: Uint8Array, names: readonly Uint8Array[] = []): Uint8Array {
  const text = withoutNames(Buffer.from(bytes).toString('latin1'));
  const hidden = Buffer.from(text, 'latin1');
  for (const name of names.filter(({ length }) => length > 1)) {
    for (let at = hidden.indexOf(name); at >= 0; at = hidden.indexOf(name, at + name.length))
      hidden.fill(STAR, at, at + name.length);
  }
  return Uint8Array.from(hidden);
}

/** The names in data objects that are not encrypted. */
export const namesIn = (
  objects: readonly { readonly tag: number; readonly value: Uint8Array }[],
): readonly Uint8Array[] => objects.filter(({ tag }) => NAME_TAGS.includes(tag)).map(({ value }) => value);

const starred = (name: string): string =>
  [...name].map((sign) => (KEPT.includes(sign) ? sign : '*')).join('');
