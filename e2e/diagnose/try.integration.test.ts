import { it } from "vitest";
import { startPostgres } from "../servers/postgres";
import { startPgBouncer } from "./pgbouncer";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { Secret } from "../../shared/domain/target";
it("tries", async () => {
  const server = await startPostgres({ version: 15, auth: "md5" });
  await server.sql("postgres", "SET password_encryption='md5'; CREATE ROLE app LOGIN PASSWORD 'right'");
  await server.sql("postgres", "CREATE DATABASE app OWNER app");
  const to = `host=127.0.0.1 port=${server.port}`;
  const b = await startPgBouncer({ databases: [`app = ${to}`, `wrong = ${to} dbname=app user=app password=wrong`, `gone = ${to} dbname=gone user=app`, "nowhere = host=127.0.0.1 port=9 dbname=app", `one = ${to} dbname=app pool_size=1`],
    users: { app: "right", behind: "right" }, settings: { pool_mode: "transaction", max_client_conn: "3", query_wait_timeout: "1", server_login_retry: "1", auth_type: process.env.AT ?? "scram-sha-256" } });
  const open = createOpenWire();
  const go = async (name: string, user: string, pw: string, database: string, parameters: Record<string,string> = {}) => {
    const r = await open({ endpoint: { host: "127.0.0.1", port: b.port }, user, password: new Secret(pw), database, sslmode: "prefer", parameters, timeoutMs: 8000 }, (s) => { if (s.kind === "sign-in") console.log("   ", JSON.stringify({ a: s.authenticated, p: s.passwordAsked })); });
    if (!r.ok) { console.log(name, "OPEN", JSON.stringify(r.error)); return null; }
    const q = await r.value.session.query("select pg_backend_pid()");
    console.log(name, q.ok ? JSON.stringify(q.value) : JSON.stringify(q.error), JSON.stringify(r.value.status));
    return r.value.session;
  };
  for (const [n, u, p, d, x] of [["ok","app","right","app",{}],["nodb","app","right","unknown",{}],["nouser","stranger","right","app",{}],["wrongpw","app","wrong","app",{}],["wrongbehind","app","right","wrong",{}],["again","app","right","wrong",{}],["norolebehind","behind","right","app",{}],["gone","app","right","gone",{}],["nowhere","app","right","nowhere",{}],["nowhere2","app","right","nowhere",{}],["options","app","right","app",{options:"-c search_path=x"}],["sp","app","right","app",{search_path:"x"}]] as any) { const s = await go(n,u,p,d,x); await s?.end(); }
  const ss = []; for (let i = 0; i < 4; i++) ss.push(await go("many"+i, "app", "right", "app"));
  for (const s of ss) await s?.end();
  await b.remove(); await server.remove();
}, 60000);
