import type { DetectSource, PrivateServer } from "../../use-cases/detection";

/** The app's own server, when it was ever made. */
export const privateSource = (server: PrivateServer): DetectSource => ({
  id: "private",
  title: "Private server",
  timeLimitMs: 3000,
  explains: true,
  async *find() {
    const { finding } = await server.status();
    if (finding) yield { kind: "server", finding };
  },
});
