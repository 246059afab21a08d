import { useState } from "react";
import type { ReaderId, ReaderRow, WorthKnowing } from "../../../shared/domain/dsn";
import { Button } from "../../design/button";
import { Notes } from "../../design/notes";
import { Card } from "../../design/page";
import { Tabs } from "../../design/tabs";
import { useConnection } from "../../state/connection";
import { knowingOf, originsIn, putValuesOf, rowsOf, useAnalysis } from "../../state/connection-analysis";
import { useSurroundings } from "../../state/connection-surroundings";
import { useServers } from "../../state/servers";
import { originText } from "./origin-text";

const READERS: readonly { readonly id: ReaderId; readonly title: string }[] = [
  { id: "asyncpg", title: "asyncpg" },
  { id: "libpq", title: "libpq" },
  { id: "node-postgres", title: "node-postgres" },
];

function Row({ row, origin }: { readonly row: ReaderRow; readonly origin: string | null }) {
  return (
    <>
      <dt>{row.label}</dt>
      <dd>
        <span className={row.set === "code" ? "mono fact" : "fact"}>
          {row.values.map((value) => (
            <span key={value}>{value}</span>
          ))}
        </span>
        {origin ? <small className="fact-origin">{origin}</small> : null}
      </dd>
    </>
  );
}

function ReaderPanel({ dsn }: { readonly dsn: string }) {
  const [reader, setReader] = useState<ReaderId>("asyncpg");
  const surroundings = useSurroundings((state) => state.surroundings);
  const put = useConnection((state) => state.put);
  const { keywords, error } = useAnalysis();
  const origins = originsIn(dsn, reader, surroundings);
  const where = { present: keywords, put, putValues: putValuesOf(put.dsn) };
  return (
    <Card>
      <Tabs
        heading={<h2>What {reader} will do</h2>}
        label="Driver"
        tabs={READERS}
        selected={reader}
        onSelect={(id) => setReader(READERS.find((one) => one.id === id)?.id ?? "asyncpg")}
      >
        {error ? (
          <p className="secondary">That is said here as soon as the string can be read.</p>
        ) : (
          <dl className="facts selectable">
            {rowsOf(dsn, reader, surroundings).map((row) => (
              <Row key={row.label} row={row} origin={originText(origins, row.keywords, where)} />
            ))}
          </dl>
        )}
      </Tabs>
    </Card>
  );
}

interface PanelsProps {
  readonly dsn: string;
  /** Puts a mended string in place of this one. */
  readonly onMend: (dsn: string) => void;
}

function Mend({ mend, onMend }: Pick<WorthKnowing, "mend"> & Pick<PanelsProps, "onMend">) {
  return mend ? (
    <Button size="small" onClick={() => onMend(mend.dsn)}>
      {mend.title}
    </Button>
  ) : null;
}

/** What a driver will make of the string, and what a person should know about it; both follow every keystroke. */
export function Panels({ dsn, onMend }: PanelsProps) {
  const { error } = useAnalysis();
  const { servers, conflicts } = useServers();
  if (dsn === "") {
    return (
      <Card title="What asyncpg will do">
        <p className="secondary">
          Nothing yet. Start from one of the examples below, paste a string, or fill in the fields.
        </p>
      </Card>
    );
  }
  const knowing = error ? null : knowingOf(dsn, servers, conflicts);
  return (
    <div className="panels">
      <ReaderPanel dsn={dsn} />
      <Card title="Worth knowing">
        {knowing === null || knowing.length === 0 ? (
          <p className="secondary">{knowing ? "Nothing stands out." : "The fault comes first: it is said above."}</p>
        ) : (
          <Notes notes={knowing.map((one) => ({ ...one, action: <Mend mend={one.mend} onMend={onMend} /> }))} />
        )}
      </Card>
    </div>
  );
}
