import { StringDecoder } from "node:string_decoder";
import { createFrameReader } from "../../../shared/domain/containers/frames";

/** Takes the output of a container as it comes over the API and gives text: without frames, letters never cut in two. */
export function createOutputReader(terminal: boolean): (part: Buffer) => string {
  const pieces = createFrameReader(terminal);
  const decoders = new Map<number, StringDecoder>();
  return (part) => {
    let text = "";
    for (const { stream, bytes } of pieces(part)) {
      const decoder = decoders.get(stream) ?? new StringDecoder("utf8");
      decoders.set(stream, decoder);
      text += decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    }
    return text;
  };
}
