/** Plural forms by the categories of CLDR. Which of them a language has, its tests know. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** A text, or its plural forms by the language's own rules (`count` chooses). Chinese has no plural and needs one text. */
export type Message = string | Plural;
