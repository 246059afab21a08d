import { availableClients } from "./clients";
import { recordLanguages } from "./record-languages";
import { recordMoments, recordStartFailures } from "./record-life";
import { recordPooler } from "./record-pooler";
import { type ReaderSource, recordReleases } from "./record-releases";
import { recordNowhere, recordServers } from "./record-servers";
import { recordDocker, recordForeignPeers, recordSockets } from "./record-tools";
import { createRecorder, type Recorder } from "./recording";

/** Provokes every situation again and writes shared/domain/paste-error/recorded/; `only` names one file of it. */
export async function record(tell: (line: string) => void, readers: ReaderSource, only?: string): Promise<void> {
  const clients = await availableClients();
  tell([...clients.values()].join(", "));
  const files: Readonly<Record<string, (recorder: Recorder) => Promise<void>>> = {
    nowhere: async (recorder) => {
      await recordNowhere(recorder, clients);
      await recordForeignPeers(recorder, clients);
      await recordSockets(recorder, clients);
    },
    servers: (recorder) => recordServers(recorder, clients),
    life: async (recorder) => {
      for (const version of [13, 15, 18] as const) {
        await recordMoments({ recorder, clients }, version);
        await recordStartFailures({ recorder, clients }, version);
      }
    },
    pooler: (recorder) => recordPooler(recorder, clients),
    releases: (recorder) => recordReleases(recorder, clients, readers),
    docker: recordDocker,
    languages: (recorder) => recordLanguages(recorder, clients),
  };
  for (const [name, fill] of Object.entries(files)) {
    if (only !== undefined && only !== name) continue;
    const recorder = createRecorder();
    await fill(recorder);
    tell(`${name}: ${recorder.write(`${name}.ndjson`)} messages`);
  }
}
