import type { Snippet } from "./snippet";

/** settings.py: `configure()` beats the AKSARA_POOL_* variables and `.env`. */
export const configure: Snippet = {
  id: "configure",
  title: "configure()",
  language: "python",
  text: ({ min, max }) => `# settings.py
from aksara.conf import configure, settings

# These beat AKSARA_POOL_MIN_SIZE and AKSARA_POOL_MAX_SIZE. DATABASE_URL stays in .env.
configure(
    pool_min_size=${min},
    pool_max_size=${max},
)
`,
};
