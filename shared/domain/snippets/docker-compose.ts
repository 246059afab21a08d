import type { Snippet } from "./snippet";

/** A compose project's name: lower case letters, digits, `-` and `_`, a letter or digit first (Compose specification). */
function composeName(projectName: string): string {
  const name = projectName
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[-_]+|-+$/g, "");
  return name === "" ? "app" : name;
}

/** compose.yaml: the string comes from `.env` beside it when compose starts, so the file can be shared. */
export const dockerCompose: Snippet = {
  id: "compose",
  title: "docker compose",
  language: "yaml",
  text: ({ min, max, projectName }) => `# compose.yaml
name: "${composeName(projectName)}"
services:
  app:
    build: .
    environment:
      # Read from .env beside this file. In a container localhost is the container itself:
      # for a server on this computer put host.docker.internal in DATABASE_URL.
      DATABASE_URL: "\${DATABASE_URL}"
      AKSARA_POOL_MIN_SIZE: "${min}"
      AKSARA_POOL_MAX_SIZE: "${max}"
    extra_hosts:
      - "host.docker.internal:host-gateway"
    ports:
      - "127.0.0.1:8000:8000"
    healthcheck:
      test:
        - CMD
        - python
        - -c
        - import urllib.request as r; r.urlopen("http://127.0.0.1:8000/health", timeout=3)
      interval: 10s
      timeout: 5s
      retries: 5
      start_period: 10s
`,
};
