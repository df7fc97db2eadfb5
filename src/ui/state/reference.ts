/** The first digits of an id, in groups: enough to tell two payments of a day apart. */
export const reference = (id: string): string => `${id.slice(0, 4)} ${id.slice(4, 8)}`.toUpperCase();

/** All of an id, in groups that can be read aloud. */
export const wholeReference = (id: string): string => id.replace(/.{4}(?=.)/g, '$& ').toUpperCase();
