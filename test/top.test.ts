// `teemem top` in a real terminal, tmux: several sizes, resized, sources lost, and given back clean on any exit.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEAKY_UUID } from "../src/tee/apps/leaky.ts";
import { runBin } from "./cli.ts";
import { bootChild, connect } from "./support/daemon.ts";
import { needPrograms } from "./support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-top-"));
const server = join(folder, "tmux");
const BIN = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
const hasTmux = spawnSync("tmux", ["-V"]).error === undefined;

function tmux(...words: readonly string[]): string {
  return spawnSync("tmux", ["-S", server, "-f", "/dev/null", ...words], { encoding: "utf8" }).stdout;
}

/** A shell in a terminal of that size, with `teemem top` in it. */
function start(columns: number, rows: number, on: string, env = "", more = "") {
  const id = tmux(
    ...["new-session", "-d", "-P", "-F", "#{pane_id}", "-x", String(columns), "-y", String(rows)],
    "PS1='$ ' bash --norc --noprofile -i",
  ).trim();
  const keys = (...list: readonly string[]): void => void tmux("send-keys", "-t", id, ...list);
  const screen = (): string[] => tmux("capture-pane", "-p", "-t", id).split("\n").slice(0, rows);
  const is = (format: string): string => tmux("display-message", "-p", "-t", id, format).trim();
  async function until(holds: (text: string) => boolean): Promise<string> {
    for (let looks = 0; looks < 1000; looks++) {
      const text = screen().join("\n");
      if (holds(text)) return text;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never: ${holds}\n${screen().join("\n")}`);
  }
  keys(`${env} ${process.execPath} ${BIN} top --interval 100 --on ${on} ${more}; echo "code $?"`, "Enter");
  return {
    id,
    keys,
    is,
    until,
    screen,
    /** Its terminal as it was before: the shell's lines, a cursor, lines and echo. */
    async clean(): Promise<void> {
      // Behind what was typed where the window became narrower meanwhile.
      await until((text) => /code \d+$/m.test(text));
      expect([is("#{alternate_on}"), is("#{cursor_flag}"), is("#{wrap_flag}")]).toEqual(["0", "1", "1"]);
      keys("stty -a | grep -Eo ' (icanon|echo)( |$)' | xargs echo modes", "Enter");
      await until((text) => /^modes icanon echo$/m.test(text));
    },
    pid: (): string =>
      spawnSync("pgrep", ["-n", "-f", `top --interval 100 --on ${on}`], { encoding: "utf8" }).stdout.trim(),
    [Symbol.dispose]: () => void tmux("kill-session", "-t", id),
  };
}

describe("teemem top in tmux", () => {
  let daemon: Awaited<ReturnType<typeof bootChild>>;
  beforeAll(async () => {
    daemon = await bootChild(["--cfg", "CFG_TEE_TA_MALLOC_DEBUG=y"]);
  });
  afterAll(async () => {
    await daemon.stop();
    tmux("kill-server");
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    [80, 24, / Heap +\d+%/],
    [60, 20, / Heap +\d+%/],
    [200, 60, / Heap +\d+%.* 65,536|Heap +\d+%/],
    [40, 10, / Heap +\d+%/],
  ])("%i×%i shows the pools, and q gives the terminal back", async (columns, rows, heap) => {
    if (!hasTmux) return;
    using top = start(columns, rows, `unix:${daemon.path}`);
    const text = await top.until((seen) => /Heap +\d+%/.test(seen));
    expect(text.replace(/›/g, " ")).toMatch(heap);
    expect(text.split("\n")[0]).toMatch(/^teemem top/);
    expect(top.is("#{alternate_on}")).toBe("1");
    top.keys("q");
    await top.clean();
    expect(top.screen().join("\n")).toMatch(/^code 0$/m);
  });

  it("an instance that comes is told, and its blocks are shown by call site", async () => {
    if (!hasTmux) return;
    using top = start(100, 30, `unix:${daemon.path}`);
    await top.until((seen) => /Heap +\d+%/.test(seen));
    const { client } = await connect(daemon.path);
    const { session } = await client.open(LEAKY_UUID);
    // It has a line of its own a moment after it was told.
    await top.until((seen) => seen.includes("• leaky: loaded") && /^.leaky +\d+%/m.test(seen));
    top.keys("End", "Enter");
    await top.until((seen) => /bytes {2}blocks {2}call site/.test(seen) && seen.includes("Esc back"));
    await client.close(session);
    top.keys("Escape");
    await top.until((seen) => seen.includes("• leaky: unloaded"));
    top.keys("C-c");
    await top.clean();
  });

  it("has ASCII characters alone in a locale of those", async () => {
    if (!hasTmux) return;
    using top = start(80, 24, `unix:${daemon.path}`, "LC_ALL=C");
    const text = await top.until((seen) => /Heap +\d+%/.test(seen));
    expect(text).toMatch(/^>Heap +\d+% #/m);
    expect(text.match(/[^ -~\n]/g)).toBeNull();
    top.keys("q");
    await top.clean();
  });

  it("is drawn anew where it is resized, without a rest of the old lines", async () => {
    if (!hasTmux) return;
    using top = start(120, 30, `unix:${daemon.path}`);
    await top.until((seen) => /Heap +\d+%/.test(seen));
    tmux("resize-window", "-t", top.id, "-x", "50", "-y", "12");
    await top.until((seen) => seen.split("\n").slice(0, 12)[11]?.startsWith("q quit") === true);
    expect(top.screen().filter((line) => /Heap +\d+%/.test(line)).length).toBe(1);
    top.keys("q");
    await top.clean();
  });

  it.each(["TERM", "HUP", "INT"])("SIG%s ends it and gives the terminal back", async (signal) => {
    if (!hasTmux) return;
    using top = start(80, 24, `unix:${daemon.path}`);
    await top.until((seen) => /Heap +\d+%/.test(seen));
    spawnSync("kill", [`-${signal}`, top.pid()]);
    await top.clean();
  });

  it("Ctrl-Z stops it with a clean terminal, and fg draws it again", async () => {
    if (!hasTmux) return;
    using top = start(80, 24, `unix:${daemon.path}`);
    await top.until((seen) => /Heap +\d+%/.test(seen));
    top.keys("C-z");
    await top.until((seen) => seen.includes("Stopped"));
    expect([top.is("#{alternate_on}"), top.is("#{cursor_flag}")]).toEqual(["0", "1"]);
    top.keys("fg", "Enter");
    await top.until((seen) => /Heap +\d+%/.test(seen) && seen.startsWith("teemem top"));
    top.keys("q");
    await top.until((seen) => /^code \d+$/m.test(seen) || seen.includes("$ "));
    expect([top.is("#{alternate_on}"), top.is("#{cursor_flag}")]).toEqual(["0", "1"]);
  });

  it("a source that is killed is lost, and said; one that is there again lives", async () => {
    if (!hasTmux) return;
    const other = await bootChild([]);
    using top = start(80, 24, `unix:${other.path}`);
    await top.until((seen) => /Heap +\d+%/.test(seen));
    await other.stop("SIGKILL");
    const text = await top.until((seen) => seen.includes("✕ unix:"));
    expect(text).toMatch(/✕ unix:.* lost \d+ s/);
    expect(text).toMatch(/Heap +\d+%/);
    top.keys("q");
    await top.clean();
  });

  it("alarms of --alarms stand on top, since when, until z silences them", async () => {
    if (!hasTmux) return;
    const rules = join(folder, "alarms.yaml");
    writeFileSync(rules, "alarms:\n  core in use:\n    when: near full\n    over: 5 %\n    heaps: [Heap]\n");
    using top = start(100, 24, `unix:${daemon.path}`, "", `--alarms ${rules}`);
    const text = await top.until((seen) => seen.includes("! "));
    expect(text.split("\n")[1]).toMatch(/^! Heap: [\d,]+ of [\d,]+ bytes in use, .*, since \d+ s {2}\(core in use\)$/);
    top.keys("z");
    await top.until((seen) => seen.includes("1 alarm silenced") && !seen.includes("! "));
    top.keys("q");
    await top.clean();
  });

  it("without colours nothing is coloured", async () => {
    if (!hasTmux) return;
    using top = start(80, 24, `unix:${daemon.path}`, "NO_COLOR=1");
    await top.until((seen) => /Heap +\d+%/.test(seen));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
    expect(tmux("capture-pane", "-e", "-p", "-t", top.id)).not.toMatch(/\x1b\[\d*(?:3[1-6]|7)m/);
    top.keys("q");
    await top.clean();
  });

  it("says what it lacks where tmux is missing", (context) => {
    needPrograms(context, "tmux", ...(hasTmux ? [] : ["tmux"]));
  });
});

it("without a terminal it is a sentence", () => {
  expect(runBin("teemem", ["top"])).toEqual({
    stdout: "",
    stderr:
      "teemem: top needs a terminal that can move its cursor: use --json, 'teemem watch' or 'teemem stats' here\n",
    code: 2,
  });
});
