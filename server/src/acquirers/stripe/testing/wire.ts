/** An object of the imitated API: whatever Stripe would put there. */
// biome-ignore lint/suspicious/noExplicitAny: Test double of a foreign API; its shapes are checked by the adapter under test.
export type Entity = { id: string } & Record<string, any>;

export type Form = Readonly<Record<string, string>>;

/** An error that the imitated API answers with. */
export class StripeRefusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Fields of a form body, or of a query. */
export const formOf = (text: string): Form => Object.fromEntries(new URLSearchParams(text));
