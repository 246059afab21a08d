/** What the snippets are filled with; sizes are those of each pool. */
export interface SnippetInput {
  readonly min: number;
  readonly max: number;
  readonly projectName: string;
}

/** A piece of text to copy into an app; it never holds a secret. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly language: "python" | "yaml" | "bash";
  text(input: SnippetInput): string;
}
