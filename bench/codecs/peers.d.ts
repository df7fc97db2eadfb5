declare module 'node-tlv' {
  const TLV: { parseList(data: Buffer | string): readonly unknown[] };
  export = TLV;
}

declare module 'iso_8583' {
  class Iso8583 {
    constructor(message?: Record<string, string>, formats?: Record<string, unknown>);
    getRawMessage(): Buffer | { readonly error: unknown };
    getIsoJSON(message: Buffer, settings?: { readonly lenHeader: boolean }): Record<string, string>;
  }
  export = Iso8583;
}
