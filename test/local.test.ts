// The commands on local:, with a libteec that stands in for a board.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, it } from "vitest";
import { runHere } from "./run_here.ts";
import { buildLibteec, needLibteec } from "./support/local/build.ts";
import { needFile } from "./support/needs.ts";

const BIN = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
const { library, at, answerAs, remove } = buildLibteec();
afterAll(remove);
beforeEach((context) => {
  needLibteec(context);
  answerAs("4.10.0");
});

it("stats shows pools and TAs, and sets the maxima back with --reset", async () => {
  const { out, outcome } = await runHere("stats", "--on", `local:${library}`);
  expect(outcome).toEqual({ ok: true, value: 0 });
  expect(out).toMatch(/^Heap +31,024 +54,544 +203,024$/m);
  expect(out).toContain("fd02c9da-306c-48c7-a49c-bbd827ae86ee  1 session");
  await runHere("stats", "--reset", "--on", `local:${library}`);
  expect((await runHere("stats", "--on", `local:${library}`)).out).toMatch(/^Heap +31,024 +4,711 /m);
  const refused = await runHere("stats", "--reset", "--on", "file:data/optee-4.0.0/ldelf.trace.gz");
  expect(refused.outcome).toMatchObject({ ok: false, error: expect.stringContaining("sets no counters back") });
});

it("the program ends though a call into the TEE never returns", async (context) => {
  needFile(context, BIN);
  writeFileSync(at("hang"), "invoke 3");
  const child = spawn(process.execPath, [BIN, "stats", "--on", `local:${library}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  while (!readFileSync(at("calls"), "latin1").includes("invoke 3"))
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGINT");
  const [code] = (await once(child, "close")) as [number | null];
  expect(code).toBe(0);
  expect(out).toMatch(/^Heap +31,024 /m);
  expect(out).toMatch(/^Trusted applications: given up\.$/m);
});
