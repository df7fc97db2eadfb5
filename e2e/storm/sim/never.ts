/** What whoever is dead hears: nothing. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
