import type { Snippet } from "./snippet";

/** `Aksara()` has sizes of its own, 5 and 20, and takes no others unless told; its names differ from the settings'. */
export const aksara: Snippet = {
  id: "aksara",
  title: "Aksara()",
  language: "python",
  text: ({ min, max }) => `# main.py: without these two lines Aksara() takes 5 and 20, whatever .env says.
from aksara import Aksara
from aksara.conf import settings

app = Aksara(
    database_url=settings.database_url,
    min_pool_size=settings.pool_min_size,  # AKSARA_POOL_MIN_SIZE=${min}
    max_pool_size=settings.pool_max_size,  # AKSARA_POOL_MAX_SIZE=${max}
)
`,
};
