/** A call that main refuses to take: unknown name or an input that is not of its schema. */
export class RefusedCall extends Error {
  constructor(name: string) {
    super(`refused: ${name.slice(0, 60)}`);
    this.name = "RefusedCall";
  }
}
