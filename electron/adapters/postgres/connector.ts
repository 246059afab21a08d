import { err } from "../../../shared/domain/result";
import type { SqlConnector } from "../../use-cases/ports";
import { failure } from "./failure";
import { createOpenWire, type WireOptions } from "./wire";

/** Sessions over the wire (Access kind "wire"); another kind of access fails as EUNSUPPORTED. */
export function createWireConnector(options: WireOptions = {}): SqlConnector {
  const open = createOpenWire(options);
  return {
    async connect(access, database, { timeoutMs, signal }) {
      if (access.kind !== "wire") return err(failure("EUNSUPPORTED", "This way in is not over the wire."));
      const { endpoint, user, password, sslmode, parameters } = access;
      const request = {
        endpoint,
        user,
        password,
        database,
        sslmode,
        parameters,
        timeoutMs,
        totalMs: timeoutMs,
        signal,
      };
      const opened = await open(request, () => {});
      return opened.ok ? { ok: true, value: opened.value.session } : opened;
    },
  };
}
