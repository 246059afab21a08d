/** Length of a frame's head: stream, three zeros, length of the rest (Docker Engine API, "Attach to a container"). */
const HEAD = 8;
/** Standard input, output and error; a container with a terminal has one stream, without frames. */
const STREAMS = 3;
/** No engine writes longer frames; a longer one is not a frame. */
const LONGEST = 1024 * 1024;

/** Bytes of a container's output and the stream they are of: 1 standard output, 2 standard error, 0 no telling. */
export interface OutputPiece {
  readonly stream: number;
  readonly bytes: Uint8Array;
}

const lengthIn = (head: readonly number[]): number =>
  head.slice(HEAD - 4).reduce((length, byte) => length * 256 + byte, 0);

/** Whether these bytes may be a frame's head, or the beginning of one. */
function mayBeHead(head: readonly number[]): boolean {
  const [stream = 0, ...zeros] = head.slice(0, HEAD - 4);
  return stream < STREAMS && zeros.every((byte) => byte === 0) && (head.length < HEAD || lengthIn(head) <= LONGEST);
}

/**
 * Takes a container's output as it comes over the API, cut anywhere, and gives it without its frames; a container with
 * a terminal has none. What stops looking like frames is taken as plain from there on: some engines send it so.
 */
export function createFrameReader(terminal: boolean): (part: Uint8Array) => readonly OutputPiece[] {
  let plain = terminal;
  let head: number[] = [];
  let stream = 0;
  let left = 0;
  return (part) => {
    const pieces: OutputPiece[] = [];
    let at = 0;
    while (at < part.length) {
      if (plain || left > 0) {
        const bytes = plain ? part.subarray(at) : part.subarray(at, at + left);
        pieces.push({ stream, bytes });
        at += bytes.length;
        left = Math.max(0, left - bytes.length);
        continue;
      }
      head.push(part[at] ?? 0);
      at += 1;
      if (!mayBeHead(head)) {
        plain = true;
        stream = 0;
        pieces.push({ stream, bytes: Uint8Array.from(head) });
      } else if (head.length === HEAD) {
        stream = head[0] ?? 0;
        left = lengthIn(head);
        head = [];
      }
    }
    return pieces;
  };
}
