// Runs commands in this process, one after another: starting a program for each takes far longer than the command.
import { rmSync } from "node:fs";
import { Writable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { teemem } from "../../dist/cli/main.js";
import { createOutput } from "../../dist/cli/outputs/output.js";

// What a terminal obeys; tabs and newlines are harmless.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const RAW = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

const NONSENSE = [
  RAW,
  /\bNaN\b|\bundefined\b|\[object |Infinity/,
  /(?<![\w.-])-\d[\d,]* (?:bytes?|blocks?)\b/,
  /\b\d{4,} %|\d,\d{3} %/,
];

parentPort.on("message", async ({ args, out }) => {
  if (out !== undefined) rmSync(out, { force: true, recursive: true });
  parentPort.postMessage(await problemOf(args));
});

/** What went wrong, or null. */
async function problemOf(args) {
  const [printed, said] = [createSink(), createSink()];
  const io = {
    out: createOutput(printed.stream),
    err: createOutput(said.stream),
    input: none(),
    clock: () => performance.now(),
  };
  try {
    await teemem(args, io);
    await io.out.flush();
    await io.err.flush();
    // Errors quote what they are about, nonsense and all.
    return nonsenseIn(printed.text(), NONSENSE) ?? nonsenseIn(said.text(), [RAW]);
  } catch (error) {
    return `internal error: ${error instanceof Error ? error.stack : error}`;
  }
}

/** A stream that keeps the first million characters. */
function createSink() {
  let text = "";
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      if (text.length < 1e6) text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1");
      done();
    },
  });
  return { stream, text: () => text };
}

/** What no output should have, or null. */
function nonsenseIn(text, forms) {
  const found = forms.map((form) => form.exec(text)).find((match) => match !== null);
  if (found === undefined) return null;
  return `nonsense in the output: ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 60))}`;
}

async function* none() {}
