/** One line of a pasted text, its wrapping taken off, with the fields that a structured log gave it. */
export interface TextLine {
  readonly text: string;
  /** Where a terminal broke the line: the other ways to put it together, and its pieces. */
  readonly readings?: readonly string[];
  /** Lines of one log entry, traceback or command share a number; later entries have higher ones. */
  readonly entry: number;
  readonly sqlstate: string | null;
}
