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

  // Without the TA, and what the TA prints itself.
  const lost = runBin("teemem", ["exec", "--no-report", "--", client, "label"]);
  expect(lost.stderr.match(/TA bccbe7f3-4243-412d-abe0-b8d993582ad4, which is not here: --ta FOLDER/g)).toHaveLength(1);
  const own = (...words: string[]): string =>
    runBin("teemem", ["exec", "--no-report", ...words, "--ta", join(modules, "bugs.wasm"), "--", client, "label"])
      .stderr;
  expect([own(), own("--console", "errors")]).toEqual(["I/TA: A LABEL\n", ""]);
  expect(own("--console", "all")).toMatch(/^D\/TC:/m);

  // What its recordings tell, without being asked for a heap.
  const recorded = (name: string, ...call: string[]): string => {
    const file = join(folder, name);
    const { code } = runBin("teemem", [
      "exec",
      "--no-report",
      "-o",
      file,
      "--ta",
      join(modules, "bugs.wasm"),
      "--",
      client,
      ...call,
    ]);
    expect(code).toBe(0);
    return file;
  };
  const packet = runBin("teemem", ["report", recorded("packet.arrows", "packet", "bad")]).stdout;
  expect(packet).toMatch(/^core +1 /m);
  expect(packet).toMatch(/^ta-bccbe7f3-4243-412d-abe0-b8d993582ad4\n {2}OP-TEE/m);
  expect(packet.replaceAll(/\s+/g, " ")).toContain("An instance of the TA ended with 1 block of 16 bytes");
  expect(packet).toContain("The other heaps had no trouble");
  // Without trouble, too: it is the only TA.
  const calm = runBin("teemem", ["report", recorded("label.arrows", "label")]).stdout;
  expect(calm).toMatch(/^ta-bccbe7f3-4243-412d-abe0-b8d993582ad4\n {2}OP-TEE[^✗]*No memory problem/m);
  const hoard = runBin("teemem", ["report", "--heap", "all", recorded("hoard.arrows", "hoard", "bad")]).stdout;
  expect(hoard.slice(hoard.lastIndexOf("\nta-bccbe7f3"))).toMatch(/✗ a request for 20,00\d bytes failed/);
  expect(hoard.slice(hoard.lastIndexOf("\nta-bccbe7f3"))).not.toContain("No memory problem");
}, 120_000);
