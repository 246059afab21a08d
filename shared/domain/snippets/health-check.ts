import type { Snippet } from "./snippet";

/** Shell: the two ways to ask a running app whether its database answers. */
export const healthCheck: Snippet = {
  id: "health",
  title: "Health check",
  language: "bash",
  text: () => `# The app's own /health runs SELECT 1; curl ends with 22 when the database does not answer.
curl --fail --silent --show-error http://127.0.0.1:8000/health

# Looks at the whole set-up and changes nothing: 0 ready, 1 partly, 2 blocked.
aksara doctor launch-check --format json
`,
};
