// Ctrl-C in the middle of long work: it ends at once, and what was found so far is said.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { teemem } from "../src/cli/main.ts";
import type { Output } from "../src/cli/outputs/output.ts";

/** Starts a built program, sends Ctrl-C as soon as it has said `when`, and waits for its end. */
async function interrupt(bin: "teemem" | "xtest", args: readonly string[], when: RegExp) {
  const path = fileURLToPath(new URL(`../dist/cli/${bin}.js`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { env: { ...process.env, TEEMEM_SOCKET: "" } });
  const texts = { out: "", err: "" };
  let sent = false;
  const hear = (which: "out" | "err") => (data: Buffer) => {
    texts[which] += data;
    if (!sent && when.test(texts[which])) sent = child.kill("SIGINT");
  };
  child.stdout.on("data", hear("out"));
  child.stderr.on("data", hear("err"));
  const [code] = await once(child, "close");
  return { ...texts, code };
}

test("xtest on an embedded system ends after the sub case", { timeout: 60_000 }, async () => {
  const { out, err, code } = await interrupt("xtest", ["4006"], /regression_4006\.1 OK/);
  expect([err, code]).toEqual(["xtest: interrupted\n", 1]);
  expect(out).not.toContain("application done");
});

/** Sizes a heap on a clock that makes it long, with Ctrl-C as soon as `when` is said, or at the first replay. */
async function interruptSize(when: RegExp | null) {
  let [said, clock, sent] = ["", 0, false];
  const stop = (): void => {
    if (!sent) sent = process.emit("SIGINT", "SIGINT");
  };
  const output: Output = {
    isTerminal: false,
    width: 80,
    waiting: 0,
    colours: false,
    gone: new AbortController().signal,
    write(text: string) {
      said += text;
      if (when?.test(said) === true) stop();
    },
    writeData() {},
    writeBytes: () => {},
    drain: async () => {},
    flush: async () => {},
  };
  const io = {
    out: output,
    err: output,
    input: (async function* () {})(),
    clock: () => {
      clock += 1000;
      // The second time is that of the first replay.
      if (when === null && clock === 4000) stop();
      return clock;
    },
  };
  const outcome = await teemem(["size", "--workers", "1", AES], io);
  return { said, outcome, sent };
}

const AES = "data/optee-4.0.0/ta-5dbac793-f574-4871-8ad3-04331ec17f24.trace.gz";
const HEAP = "ta-5dbac793-f574-4871-8ad3-04331ec17f24";

test("size says between which sizes the answer lies, and leaves no listener", async () => {
  const listeners = process.listenerCount("SIGINT");
  const { said, outcome } = await interruptSize(/roughly/);
  expect(said).toMatch(
    /: interrupted after \d+ replays: the smallest pool has roughly at most 1,024 bytes with first fit, at most 1,024 bytes with best fit\n$/,
  );
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});

test("size says so where it does not know them yet", async () => {
  const { said, outcome } = await interruptSize(null);
  expect(said).toMatch(new RegExp(`teemem: ${HEAP}: interrupted after \\d+ replays?: no size is known yet\n$`));
  expect(outcome).toEqual({ ok: true, value: 1 });
});
