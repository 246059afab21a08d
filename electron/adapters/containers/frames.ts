import { StringDecoder } from "node:string_decoder";

/** Length of a frame's head: stream number, three zeros, length of the rest (Docker Engine API, "Attach to a container"). */
const HEAD = 8;
/** No engine writes longer frames; a longer one is not a frame. */
const LONGEST = 1024 * 1024;

/** Takes the output of a container as it comes over the API and gives text: without frames, letters never cut in two. */
export function createOutputReader(terminal: boolean): (part: Buffer) => string {
  const decoder = new StringDecoder("utf8");
  let plain = terminal;
  let rest = Buffer.alloc(0);
  return (part) => {
    if (plain) return decoder.write(part);
    rest = Buffer.concat([rest, part]);
    let text = "";
    while (rest.length >= HEAD) {
      // Some engines send plain text where frames are due: no frame starts with a letter.
      if (rest.readUInt8(0) > 2 || rest.readUIntBE(1, 3) !== 0 || rest.readUInt32BE(4) > LONGEST) {
        plain = true;
        text += decoder.write(rest);
        rest = Buffer.alloc(0);
        return text;
      }
      const end = HEAD + rest.readUInt32BE(4);
      if (rest.length < end) break;
      text += decoder.write(rest.subarray(HEAD, end));
      rest = rest.subarray(end);
    }
    return text;
  };
}
