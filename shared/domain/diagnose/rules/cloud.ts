import { poolerOf } from "../../dsn/host-kind";
import { isSocket } from "../../endpoint";
import { copies, edits } from "../remedies";
import { lastStep, type Rule, type Situation } from "../situation";
import { isProxy } from "./proxy";

const host = (s: Situation): string => (isSocket(s.endpoint) ? "" : s.endpoint.host);

/** The first name of a host, without a provider's "-pooler": what Neon calls the endpoint. */
const endpointId = (s: Situation): string => (host(s).split(".")[0] ?? "").replace(/-pooler$/, "");

const hasTenant = (s: Situation): boolean => s.user.includes(".");

/** Proxies of providers: they choose the database server by the user's name or by the name in the TLS handshake. */
export const cloudRules: readonly Rule[] = [
  {
    // Supavisor: "Tenant or user not found", since 2.0 "(ENOTFOUND) tenant/user postgres.abc not found"; XX000.
    id: "cloud.tenant-not-found",
    fits: (s) =>
      isProxy(s) && /tenant or user not found|tenant\/user|tenant_not_found/i.test(s.failure.message)
        ? "certain"
        : null,
    says: (s) => ({
      title: hasTenant(s)
        ? `The provider's pooler knows no project for the user ${s.user}`
        : "The provider's pooler finds the project by the user's name, and this one names none",
      explanation:
        `${poolerOf(host(s), s.endpoint.port)?.name ?? "The pooler"} wants <role>.<project>, as in postgres.abcdefghijkl. It says "tenant" and "not found"; the host's name is right. ${hasTenant(s) ? "The project is misspelt, paused, or in another region: the region is part of the host's name." : ""}`.trimEnd(),
      remedies: [
        copies("tenant-user", "Copy the pooler's string from the provider's page; its user is <role>.<project>"),
        copies(
          "direct-host",
          "Or use the direct host, db.<project>.supabase.co, with the plain role (IPv6 unless bought)",
        ),
      ],
    }),
  },
  {
    // Neon: "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support ...".
    id: "cloud.endpoint-missing",
    fits: (s) =>
      isProxy(s) &&
      /endpoint id is not specified|sni info is missing|inconsistent (project|endpoint) name/i.test(s.failure.message)
        ? "certain"
        : null,
    says: (s) => {
      const encrypted = lastStep(s.steps, "sign-in")?.encrypted ?? false;
      const silent = (s.target.parameters.sslsni ?? "1") !== "1";
      const id = endpointId(s);
      return {
        title: "The provider's proxy cannot tell which database server is meant",
        explanation: `It reads that from the host's name in the TLS handshake (SNI), and got none: ${!encrypted ? "the connection is not encrypted" : silent ? "sslsni=0 keeps it back" : "the string names an address or another host, or something in between drops it"}.`,
        remedies: [
          ...(encrypted ? [] : [edits("sslmode-require", "Encrypt: sslmode=require", { sslmode: "require" })]),
          ...(silent ? [edits("send-sni", "Send the name: take sslsni out", { drop: ["sslsni"] })] : []),
          copies("endpoint-option", "Or name the endpoint in the string", {
            commands: [`options=endpoint%3D${id === "" ? "<endpoint-id>" : id}`],
          }),
        ],
      };
    },
  },
];
