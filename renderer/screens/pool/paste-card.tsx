import { useState } from "react";
import { SNIPPETS } from "../../../shared/domain/snippets";
import { CodeBlock, CopyButton } from "../../design/code";
import { Card } from "../../design/page";
import { Tabs } from "../../design/tabs";

const PASTED = SNIPPETS.filter(({ id }) => id === "configure" || id === "aksara");

interface WhatToPasteProps {
  readonly min: number;
  readonly max: number;
  readonly name: string;
}

/** The two places in code that take the sizes; their names differ, so each has its own text. */
export function WhatToPaste({ min, max, name }: WhatToPasteProps) {
  const [tab, setTab] = useState(PASTED[0]?.id ?? "");
  const current = PASTED.find(({ id }) => id === tab) ?? PASTED[0];
  if (!current) return null;
  const text = current.text({ min, max, projectName: name });
  return (
    <Card title="What to paste" aside={<CopyButton text={text} />}>
      <Tabs label="Where to paste" tabs={PASTED} selected={current.id} onSelect={setTab}>
        <CodeBlock label={current.title} text={text} />
      </Tabs>
    </Card>
  );
}
