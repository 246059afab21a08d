const { Client } = require("pg");

async function main() {
  const ask = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  const client = new Client({ connectionString: ask.dsn, connectionTimeoutMillis: ask.timeout * 1000 });
  await client.connect();
  for (const statement of ask.sql) await client.query(statement);
  await client.end();
}

main();
