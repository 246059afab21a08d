import type { Remedy } from "../../../shared/domain/diagnosis";

const RIGHTS: Readonly<Record<Remedy["needs"], string>> = {
  nothing: "It needs no rights on the server.",
  administrator: "It needs an administrator of the server.",
  superuser: "It needs a superuser of the server.",
};

/** Which rights a remedy needs, as a sentence. */
export const rightsText = (needs: Remedy["needs"]): string => RIGHTS[needs];
