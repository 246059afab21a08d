import { readFileSync } from "node:fs";
import path from "node:path";
import { workTree } from "../servers/binaries";
import type { LaunchedApp } from "./launch";

const AXE = path.join(workTree(), "node_modules", "axe-core", "axe.min.js");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds against WCAG 2.1 AA, one line each. The script goes in past the page's policy, which forbids it any other way. */
export async function violations({ app }: LaunchedApp): Promise<readonly string[]> {
  await app.evaluate(
    ({ BrowserWindow }, source) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(source),
    `${readFileSync(AXE, "utf8")}; null`,
  );
  const found = (await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }).then((r) => JSON.parse(JSON.stringify(r.violations)))",
    ),
  )) as readonly Violation[];
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
