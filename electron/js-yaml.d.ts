/** The part of js-yaml that is used; the package brings no types. */
declare module "js-yaml" {
  export class Type {
    constructor(tag: string, options: { readonly kind: "scalar" | "sequence" | "mapping" });
  }
  export interface Schema {
    extend(types: readonly Type[]): Schema;
  }
  export const DEFAULT_SCHEMA: Schema;
  /** One document; throws on anything else. */
  export function load(text: string, options?: { readonly schema?: Schema; readonly json?: boolean }): unknown;
}
