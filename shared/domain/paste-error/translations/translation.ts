/** What one language's catalogues say for an English text; several where releases differ. */
export type Translation = Readonly<Record<string, string | readonly string[]>>;
