/** What a long piece of work gets: a way to tell, and a signal that says stop. */
export interface JobContext<Event> {
  readonly emit: (event: Event) => void;
  readonly signal: AbortSignal;
}
