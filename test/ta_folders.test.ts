// `leaks` and `watch` with a client in C and a folder of TAs: all of them are looked at, whichever the client uses.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";
import { fixtureBytes } from "./support/wasm.ts";

const NEEDS = ["gcc, libc6-dev and make", "gcc", "make"] as const;
const folder = mkdtempSync(join(tmpdir(), "teemem-ta-folders-"));
const tas = join(folder, "tas");
const client = join(folder, "host/bugs");
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  mkdirSync(tas);
  // By its name the first of the folder; the client does not know it.
  writeFileSync(join(tas, "another.wasm"), fixtureBytes("probe.wasm32"));
  writeFileSync(join(tas, "bugs.wasm"), fixtureBytes("bugs.wasm32"));
  spawnSync("make", ["-s", "-C", "examples/ta/bugs", "host", `O=${folder}`]);
});

function teemem(command: string, ...words: string[]): ReturnType<typeof runBin> {
  return runBin("teemem", [command, "--ta", tas, ...words], { env: { XDG_CACHE_HOME: join(folder, "cache") } });
}

test("leaks finds what a TA of the folder leaked that is not its first", (context) => {
  needPrograms(context, ...NEEDS);
  const good = teemem("leaks", "--", client, "packet");
  expect([good.code, good.stdout]).toEqual([0, expect.stringMatching(/^bugs, instance 1, when it ended: /m)]);
  const bad = teemem("leaks", "--", client, "packet", "bad");
  expect([bad.code, bad.stdout]).toEqual([1, expect.stringMatching(/^ +4 +1 .* ta\/heap\.c:57$/m)]);
  expect(teemem("leaks", "--ta", "bugs", "--", client, "packet", "bad")).toEqual(bad);
}, 120_000);

test("what a TA held when it panicked is told as such, and is no leak", (context) => {
  needPrograms(context, ...NEEDS);
  const { code, stdout } = teemem("leaks", "--", client, "depth", "bad");
  expect(stdout).toMatch(/^bugs, instance 1, when it panicked: \d+ blocks?, /m);
  expect([stdout.includes("panic"), code]).toEqual([true, 1]);
  expect(teemem("leaks", "--", "sh", "-c", `${client} depth bad; exit 0`).code).toBe(0);
}, 120_000);

test("a heap that is damaged names the command that says by whom", (context) => {
  needPrograms(context, ...NEEDS);
  const { code, stderr } = teemem("leaks", "--", client, "label", "bad");
  expect(stderr).toMatch(
    /^teemem: '.*exec --memcheck --ta \S+tas -- \S+bugs label bad' names the line that damaged it$/m,
  );
  expect(code).toBe(1);
}, 120_000);

test("leaks of TAs that were never entered is no all-clear", (context) => {
  needPrograms(context, ...NEEDS);
  const none = teemem("leaks", "--ta", "another", "--", client, "packet", "bad");
  expect([none.code, none.stderr]).toEqual([1, "teemem: the TA another was never entered\n"]);
  const neither = teemem("leaks", "--json", "--", "hello_world");
  expect([neither.code, neither.stdout]).toEqual([1, "[]\n"]);
  expect(neither.stderr).toBe("teemem: none of the TAs another, bugs was ever entered\n");
}, 120_000);

test("watch shows the TAs of the folder that were entered, and says where none was", (context) => {
  needPrograms(context, ...NEEDS);
  const all = teemem("watch", "--until", "exit", "--", client, "packet");
  expect([all.code, all.stderr]).toEqual([0, ""]);
  expect(all.stdout).toMatch(/^another, bugs\n\nbugs, instance 1, events /m);
  expect(all.stdout).toMatch(/^invoke \d+ /m);
  const json = teemem("watch", "--json", "--", client, "packet").stdout;
  const told = JSON.parse(json.slice(json.indexOf("{"))) as { records: { name: string }[] };
  expect(new Set(told.records.map(({ name }) => name))).toEqual(new Set(["bugs"]));
  const none = teemem("watch", "--ta", "another", "--", client, "packet");
  expect([none.code, none.stderr]).toEqual([1, "teemem: the TA another was never entered\n"]);
}, 120_000);
