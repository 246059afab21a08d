import type { Snippet } from "./snippet";

/** main.py: `Aksara()` has pool sizes of its own and takes others only as arguments. */
export const aksaraApp: Snippet = {
  id: "aksara",
  title: "Aksara()",
  language: "python",
  text: ({ min, max }) => `# main.py
from aksara import Aksara
from settings import settings

# Without the two sizes Aksara() opens 5 to 20 connections, whatever .env says.
app = Aksara(
    database_url=settings.database_url,
    min_pool_size=settings.pool_min_size,  # ${min} from .env
    max_pool_size=settings.pool_max_size,  # ${max} from .env
)
`,
};
