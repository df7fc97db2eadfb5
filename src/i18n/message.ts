/** A text, or its plural forms by the language's own rules (`count` chooses). Chinese has no plural and needs one text. */
export type Message = string | { readonly one: string; readonly other: string };
