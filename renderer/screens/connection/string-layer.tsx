import { memo } from "react";
import type { UriPart } from "../../../shared/domain/dsn";
import { layerPieces } from "./layer";

interface StringLayerProps {
  readonly parts: readonly UriPart[];
  readonly faultAt: number | null;
  readonly revealed: boolean;
}

/**
 * What is seen of the string: its parts in colour, the password as dots, the faulty character underlined. The text
 * area in front has the same characters in no colour, so that every line breaks at the same place.
 */
export const StringLayer = memo(function StringLayer({ parts, faultAt, revealed }: StringLayerProps) {
  return (
    <div className="string-layer mono" aria-hidden>
      {layerPieces(parts, faultAt).map(({ kind, text, fault }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity beyond their place
          key={index}
          className={[
            `part-${kind}`,
            kind === "password" && !revealed ? "string-dots" : "",
            fault ? "string-fault-sign" : "",
          ]
            .filter(Boolean)
            .join(" ")}
        >
          {text}
        </span>
      ))}
    </div>
  );
});
