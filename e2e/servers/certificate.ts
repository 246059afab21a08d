import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A certificate with its key, as PEM. */
export interface TestCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** Makes a self-signed certificate, valid for two days, with the openssl program. */
export function selfSigned(commonName: string, names: readonly string[] = []): TestCertificate {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-certificate-"));
  try {
    const key = path.join(folder, "key.pem");
    const certificate = path.join(folder, "certificate.pem");
    const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const alternative = names.length > 0 ? ["-addext", `subjectAltName=${names.join(",")}`] : [];
    const files = ["-keyout", key, "-out", certificate];
    execFileSync("openssl", [...request, "-subj", `/CN=${commonName}`, ...alternative, ...files], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
