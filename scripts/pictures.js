// @ts-check
// Makes the pictures of README.md from real runs: npm run pictures. It needs Debian's chromium, and what `teemem ta build` needs.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TEEMEM = join(ROOT, "dist/cli/teemem.js");
const IMAGES = join(ROOT, "docs/images");
const TA = join(ROOT, "examples/ta/bugs");

const folder = mkdtempSync(join(tmpdir(), "teemem-pictures-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
});
try {
  await terminal("terminal_memcheck.png", "teemem exec --memcheck --ta ta -- ./bugs label bad", memcheck());
  await page("page_timeline.png");
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

/** What memcheck says of the TA of examples/ta, in colours. */
function memcheck() {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), FORCE_COLOR: "1", FORCE_HYPERLINK: "0" };
  must("make", ["-s", "-C", join(TA, "host"), `O=${folder}`, `TEEMEM=${ROOT}`], env);
  must(process.execPath, [TEEMEM, "ta", "build", join(TA, "ta")], env);
  const words = [
    "exec",
    "--memcheck",
    "--no-report",
    "--ta",
    join(TA, "ta"),
    "--",
    join(folder, "bugs"),
    "label",
    "bad",
  ];
  // The client ends with an error: its TA did.
  const { stderr } = spawnSync(process.execPath, [TEEMEM, ...words], { env, cwd: folder, encoding: "utf8" });
  // The console of the TA stands before.
  return stderr.slice(stderr.lastIndexOf("\n\n", stderr.indexOf("Invalid write")) + 2).trimEnd();
}

/** @param {string} program @param {readonly string[]} words @param {NodeJS.ProcessEnv} env */
function must(program, words, env) {
  const ended = spawnSync(program, words, { env, cwd: folder, encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`${program} ${words.join(" ")}: ${ended.stderr}`);
  return ended;
}

/** @param {string} name @param {string} command @param {string} text with the terminal's colours */
async function terminal(name, command, text) {
  const colours = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#56d4dd" };
  const html = `$ ${command}\n\n${text}`
    .replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences begin with it
    .replace(/\u001b\[([\d;]{0,20})m/g, (_, codes) => {
      const styles = String(codes)
        .split(";")
        .map((code) => {
          if (code === "1") return "font-weight:bold";
          if (code === "2") return "opacity:.65";
          return `color:${colours[/** @type {keyof typeof colours} */ (Number(code))] ?? "inherit"}`;
        });
      return codes === "" || codes === "0" || /^(?:22|39)$/.test(codes)
        ? "</span>"
        : `<span style="${styles.join(";")}">`;
    });
  const context = await browser.newContext({ viewport: { width: 860, height: 100 }, deviceScaleFactor: 1.5 });
  const shown = await context.newPage();
  const style =
    "margin:0;padding:16px 20px;background:#0d1117;color:#e6edf3;font:14px/1.45 'DejaVu Sans Mono',monospace";
  await shown.setContent(`<body style="margin:0"><pre style="${style}">${html}</pre></body>`);
  await shown.locator("pre").screenshot({ path: join(IMAGES, name) });
  await context.close();
}

/** The timeline of the recorded OP-TEE, with a chosen range. @param {string} name */
async function page(name) {
  const server = spawn(process.execPath, [
    TEEMEM,
    "serve",
    "--port",
    "0",
    join(ROOT, "data/optee-4.0.0/core.trace.gz"),
  ]);
  try {
    const address = await new Promise((resolve, reject) => {
      let said = "";
      for (const stream of [server.stdout, server.stderr])
        stream.on("data", (text) => {
          said += text;
          const found = /http:\/\/\S{1,200}/.exec(said);
          if (found !== null) resolve(found[0]);
        });
      server.once("exit", () => reject(new Error(said)));
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 450 }, colorScheme: "light" });
    const shown = await context.newPage();
    await shown.goto(String(address));
    // The first look at a trace reads all of it.
    await shown.locator(".track").first().waitFor({ timeout: 300_000 });
    await shown.evaluate("location.hash += '&range=0-529232000'");
    await shown.waitForTimeout(3000);
    await shown.screenshot({ path: join(IMAGES, name) });
    await context.close();
  } finally {
    server.kill();
  }
}
