// The clients of examples/clients, each in its language, against a daemon in this process.
import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, type TestContext } from "vitest";
import type { Daemon } from "../src/daemon/server.ts";
import { BUNDLED } from "../src/tee/apps/bundled.ts";
import { bootTest } from "./embedded.ts";
import { serve } from "./support/daemon.ts";
import { buildLab, type Lab } from "./support/libteec/build.ts";
import { needPrograms } from "./support/needs.ts";

const example = (name: string): string => fileURLToPath(new URL(`../examples/clients/${name}`, import.meta.url));

let daemon: Daemon;
let lab: Lab | undefined;
beforeAll(async () => {
  daemon = await serve(bootTest("", undefined, BUNDLED).core);
});
afterAll(async () => {
  lab?.remove();
  await daemon.end();
});

/** The folder with libteec, built once. */
function library(context: TestContext): string {
  needPrograms(context, "gcc, libc6-dev", "gcc");
  lab ??= buildLab();
  return lab.folder;
}

function run(program: string, args: readonly string[], libraries = ""): Promise<string> {
  const env = { ...process.env, TEEMEM_SOCKET: daemon.path, LD_LIBRARY_PATH: libraries };
  return new Promise((resolve) => {
    execFile(program, args, { env }, (_error, out, err) => resolve(out + err));
  });
}

it("JavaScript", async () => {
  expect(await run(process.execPath, [example("hello_world.js")])).toBe("42 + 1 = 43\n");
});

it("Python", async (context) => {
  needPrograms(context, "python3", "python3");
  expect(await run("python3", [example("hello_world.py")], library(context))).toBe("42 + 1 = 43\n");
});

// Not every machine that runs tests has it.
const RUSTC = spawnSync("rustc", ["--version"]).status === 0 ? ["rustc"] : [];
it.for(RUSTC)("Rust, by %s", async (rustc, context) => {
  const folder = library(context);
  const program = join(folder, "hello_world");
  expect(await run(rustc, ["-D", "warnings", "-L", folder, "-o", program, example("hello_world.rs")])).toBe("");
  expect(await run(program, [], folder)).toBe("42 + 1 = 43\n");
});
