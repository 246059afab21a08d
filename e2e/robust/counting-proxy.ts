import { connect, createServer, type Socket } from "node:net";
import { listen, type Stub } from "../servers/stub";

/** A way to a server that nobody else knows of, so that every connection over it is one's own. */
export const startCountingProxy = (to: number): Promise<Stub> =>
  listen(
    createServer((near: Socket) => {
      const far = connect({ host: "127.0.0.1", port: to });
      near.on("close", () => far.destroy());
      far.on("error", () => near.destroy());
      near.pipe(far).pipe(near);
    }),
  );
