// Runs another app unchanged and prints the moment an element of its page is there and painted.
// Usage: electron stopwatch FOLDER, with BENCH_SELECTOR in the environment.
const path = require("node:path");
const { app } = require("electron");

const folder = path.resolve(process.argv.filter((word) => !word.startsWith("-"))[2]);
const manifest = require(path.join(folder, "package.json"));
const script = `new Promise((done) => {
  const painted = () => requestAnimationFrame(() => setTimeout(() => done(Date.now()), 0));
  const selector = ${JSON.stringify(process.env.BENCH_SELECTOR)};
  if (document.querySelector(selector)) return painted();
  const watch = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    watch.disconnect();
    painted();
  });
  watch.observe(document, { childList: true, subtree: true });
})`;

app.on("web-contents-created", (_event, contents) => {
  contents.once("dom-ready", async () => {
    const shown = await contents.executeJavaScript(script);
    process.stdout.write(`\nSHOWN ${shown}\n`);
  });
});
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(path.join(folder, manifest.main));
