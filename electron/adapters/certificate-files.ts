import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { CertificateFiles } from "../use-cases/remedy/trust";

/** Another certificate of the same host gets another file; more than this many are not kept. */
const MOST = 100;

const contentOf = (file: string): Promise<string | null> => readFile(file, "utf8").catch(() => null);

const failed = (doing: string, error: unknown): Result<never> => {
  const code = (error as NodeJS.ErrnoException).code ?? null;
  return err(problem("unwritable", `The certificate cannot be ${doing} (${code ?? "no reason given"}).`, { code }));
};

/** Certificates to trust, in the folder where libpq looks for its own (manual, "Client Verification"). */
export function createCertificateFiles(folder: string): CertificateFiles {
  return {
    async place(host, pem) {
      const name = host.toLowerCase().replace(/[^a-z0-9.-]/g, "_");
      for (let next = 1; next < MOST; next += 1) {
        const file = path.join(folder, `${name}${next > 1 ? `-${next}` : ""}.crt`);
        const content = await contentOf(file);
        if (content === null || content === pem) return { path: file, there: content === pem };
      }
      return { path: path.join(folder, `${name}.crt`), there: false };
    },
    async save(file, pem) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const content = await contentOf(file);
        if (content !== null && content !== pem) {
          return err(problem("changed-meanwhile", `${file} is there by now.`, { next: "Check again." }));
        }
        await writeFileAtomic(file, pem, { mode: 0o644 });
        return ok(null);
      } catch (error) {
        return failed(`kept in ${file}`, error);
      }
    },
    async remove(file, pem) {
      const content = await contentOf(file);
      if (content === null) return ok(null);
      if (content !== pem)
        return err(problem("changed-meanwhile", `${file} holds something else by now, so it stays.`));
      try {
        await rm(file);
        return ok(null);
      } catch (error) {
        return failed("deleted", error);
      }
    },
  };
}
