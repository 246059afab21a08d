import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A certificate with its key, as PEM. */
export interface TestCertificate {
  readonly key: string;
  readonly certificate: string;
}

const CURVES = ["P-256", "P-521"] as const;

/** Kinds of key a certificate can be made for. */
export type KeyKind = (typeof CURVES)[number] | "Ed25519" | "RSA";

const newKey = (kind: KeyKind = "P-256"): readonly string[] => {
  const curve = CURVES.find((one) => one === kind);
  if (curve) return ["-newkey", "ec", "-pkeyopt", `ec_paramgen_curve:${curve}`, "-nodes"];
  return ["-newkey", kind === "RSA" ? "rsa:2048" : "ed25519", "-nodes"];
};

function openssl(folder: string, args: readonly string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
}

/** Makes a self-signed certificate, valid for two days, with the openssl program. */
export function selfSigned(commonName: string, names: readonly string[] = []): TestCertificate {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-certificate-"));
  try {
    const alternative = names.length > 0 ? ["-addext", `subjectAltName=${names.join(",")}`] : [];
    const files = ["-keyout", "key.pem", "-out", "certificate.pem"];
    openssl(folder, [
      "req",
      "-x509",
      ...newKey(),
      "-days",
      "2",
      "-subj",
      `/CN=${commonName}`,
      ...alternative,
      ...files,
    ]);
    return {
      key: readFileSync(path.join(folder, "key.pem"), "utf8"),
      certificate: readFileSync(path.join(folder, "certificate.pem"), "utf8"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface CertificateWish {
  readonly commonName: string;
  /** Alternative names as openssl writes them: "DNS:a.example", "IP:127.0.0.1". */
  readonly names?: readonly string[];
  /** Days from now when it becomes valid and when it ends, yesterday and tomorrow unless given. */
  readonly days?: readonly [number, number];
  /** P-256 unless given. */
  readonly key?: KeyKind;
  /** Further extensions as openssl writes them: "extendedKeyUsage=clientAuth". */
  readonly extensions?: readonly string[];
}

/** An authority of its own, for tests. */
export interface TestAuthority {
  readonly certificate: string;
  sign(wish: CertificateWish): TestCertificate;
  /** A list, as PEM, of the certificates it takes back; later lists hold those of earlier ones too. */
  revoke(...certificates: readonly string[]): string;
  /** Removes its folder; what it signed stays valid. */
  remove(): void;
}

const SETTINGS = `
[ca]
default_ca = test
[test]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.crt
private_key = ca.key
default_md = sha256
default_crl_days = 2
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;

/** openssl's way to write a moment: 20260131235959Z. */
const moment = (days: number): string =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/\D/g, "").slice(0, 14)}Z`;

/** Makes an authority with the openssl program, in a folder of its own until it is removed; `above` vouches for it. */
export function createAuthority(commonName: string, above?: TestAuthority): TestAuthority {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-authority-"));
  const file = (name: string): string => path.join(folder, name);
  const read = (name: string): string => readFileSync(file(name), "utf8");
  writeFileSync(file("ca.cnf"), SETTINGS);
  writeFileSync(file("index.txt"), "");
  writeFileSync(file("serial"), "1000\n");
  const own = ["-days", "2", "-subj", `/CN=${commonName}`, "-keyout", "ca.key", "-out", "ca.crt"];
  const signed = above?.sign({ commonName, extensions: ["basicConstraints=critical,CA:TRUE"] });
  if (signed) {
    writeFileSync(file("ca.key"), signed.key);
    writeFileSync(file("ca.crt"), signed.certificate);
  } else openssl(folder, ["req", "-x509", ...newKey(), ...own]);
  return {
    certificate: read("ca.crt"),
    sign({ commonName: name, names = [], days: [from, to] = [-1, 1], key, extensions = [] }) {
      const all = [...(names.length > 0 ? [`subjectAltName=${names.join(",")}`] : []), ...extensions];
      const added = all.flatMap((extension) => ["-addext", extension]);
      const request = ["-subj", `/CN=${name}`, ...added, "-keyout", "new.key", "-out", "new.csr"];
      openssl(folder, ["req", "-new", ...newKey(key), ...request]);
      const dates = ["-startdate", moment(from), "-enddate", moment(to)];
      openssl(folder, ["ca", "-batch", "-notext", "-config", "ca.cnf", ...dates, "-in", "new.csr", "-out", "new.crt"]);
      return { key: read("new.key"), certificate: read("new.crt") };
    },
    revoke(...certificates) {
      for (const certificate of certificates) {
        writeFileSync(file("old.crt"), certificate);
        openssl(folder, ["ca", "-config", "ca.cnf", "-revoke", "old.crt"]);
      }
      openssl(folder, ["ca", "-config", "ca.cnf", "-gencrl", "-out", "list.pem"]);
      return read("list.pem");
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
