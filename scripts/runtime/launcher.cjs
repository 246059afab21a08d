// Stands in for Electron's own default app: opens the app folder named on the command line.
const path = require("node:path");
const { app } = require("electron");

const named = process.argv.slice(1).find((word) => !word.startsWith("-"));
if (!named) {
  console.error("usage: electron [flags] FOLDER [arguments]");
  app.exit(2);
} else {
  const folder = path.resolve(named);
  const manifest = require(path.join(folder, "package.json"));
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  require(path.join(folder, manifest.main));
}
