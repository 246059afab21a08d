import { nextCommands } from "../../../shared/domain/snippets";
import { CodeBlock, CopyButton } from "../../design/code";
import { Card } from "../../design/page";
import { shortPath } from "../../shell/short-path";
import { useApp } from "../../state/app";

/** What to type now, in the project's folder. */
export function NextCommands({ path }: { readonly path: string }) {
  const home = useApp((state) => state.info?.home ?? "");
  const text = nextCommands().join("\n");
  return (
    <Card title={`Then, in ${shortPath(path, home, 60)}`} aside={<CopyButton text={text} />}>
      <CodeBlock label="Next commands" text={text} />
    </Card>
  );
}
