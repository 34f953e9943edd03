// The client of examples/ta: it builds without a warning, knows every command of the TA, and runs by `teemem exec`.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-ta-client-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NAMES = [
  ..."median label note setting packet version digits level".split(" "),
  ..."balance seal records turn hoard items depth".split(" "),
];

test("it builds, lists its commands, and performs them", (context) => {
  needPrograms(context, "gcc, libc6-dev and make", "gcc", "make");
  const made = spawnSync("make", ["-s", "-C", "examples/ta/bugs", "host", `O=${folder}`], { encoding: "utf8" });
  expect([made.stderr, made.status]).toEqual(["", 0]);
  const client = join(folder, "host/bugs");
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, "host") };
  const library = join(folder, "host/libteec.so");
  writeFileSync(`${library}.2`, readFileSync(library));
  const list = spawnSync(client, [], { encoding: "utf8", env });
  expect(list.stdout.match(/^ {2}\w+/gm)?.map((name) => name.trim())).toEqual(NAMES);

  const modules = join(folder, "modules");
  mkdirSync(modules);
  writeFileSync(join(modules, "bugs.wasm"), gunzipSync(readFileSync("test/fixtures/wasm/bugs.wasm32.wasm.gz")));
  const all = runBin("teemem", ["exec", "--no-report", "--ta", join(modules, "bugs.wasm"), "--", client, "all"]);
  expect(all.code).toBe(0);
  expect(all.stdout.match(/^\w+$/gm)).toEqual(NAMES);
  expect(all.stdout.match(/0x[0-9a-f]{8}/g)).toEqual(Array.from({ length: 17 }, () => "0x00000000"));
  const dead = runBin("teemem", [
    "exec",
    "--no-report",
    "--ta",
    join(modules, "bugs.wasm"),
    "--",
    client,
    "depth",
    "bad",
  ]);
  expect(dead.stdout).toContain("0xffff3024");
  expect(dead.code).toBe(1);
}, 120_000);
