// Runs a client of TAs on a board, with a look at the counters right after each of its calls.

import { setTimeout } from "node:timers/promises";
import { err, ok, type Result } from "../../../base/result.ts";
import { shellQuoted } from "../../../base/shell_word.ts";
import { createMomentReader, type MomentReader } from "../../../recording/moments.ts";
import { fromUtf8 } from "../../../text/latin1.ts";
import { knownCause } from "../../client/system_source.ts";
import { pushed } from "../../event_queue.ts";
import type { ProgramEvent, SystemProgram } from "../../program.ts";
import type { Shell } from "../shell/shell.ts";
import { targetOnBoard } from "./find_program.ts";
import { type FileFollower, followOnBoard } from "./follow_on_board.ts";
import { createLineCutter } from "./line_cutter.ts";
import { lossOf } from "./loss.ts";
import { ownFolder, placeLibrary } from "./place_library.ts";

type Push = (event: ProgramEvent) => void;

/** Milliseconds between two looks at what was written. */
const INTERVAL = 250;

/** Runs a program. Whoever leaves the iteration ends it. Where the library cannot be loaded, it runs without. */
export function runClient(shell: Shell, program: SystemProgram): AsyncIterable<ProgramEvent> {
  return pushed((push, end) => {
    const left = new AbortController();
    const signal = AbortSignal.any([left.signal, ...(program.signal === undefined ? [] : [program.signal])]);
    void drive(shell, program, push, signal)
      .then((code) => push({ kind: "ended", code }))
      .finally(end);
    return () => left.abort();
  });
}

async function drive(shell: Shell, program: SystemProgram, push: Push, signal: AbortSignal): Promise<Result<number>> {
  const made = await ownFolder(shell);
  const library = made.ok ? await libraryFor(shell, made.value, program) : made;
  if (!library.ok) push({ kind: "unseen", why: library.error, ended: false });
  if (!made.ok) return watchedRun(shell, command(program, ""), push, signal, []);
  const folder = `${made.value}/${Date.now().toString(36)}-${process.pid}`;
  const begun = await shell.run(`mkdir -m 700 ${shellQuoted(folder)} && command -v gzip`);
  if (!begun.ok) return err(begun.error.text);
  const packs = begun.value.code === 0;
  const reader = createMomentReader((moment) => push({ kind: "moment", moment }));
  let said = "";
  const moments = createLineCutter((line) => void reader.take(line));
  const errors = createLineCutter((line) => {
    const text = fromUtf8(line);
    if (text.includes("LD_PRELOAD")) said ||= text;
    push({ kind: "line", text, error: true });
  });
  const files = [
    followOnBoard(shell, `${folder}/moments`, packs, moments.push),
    followOnBoard(shell, `${folder}/err`, packs, errors.push),
  ];
  const settings = library.ok
    ? `TEEMEM_OUT=${shellQuoted(`${folder}/moments`)} TEEMEM_RESET=${program.resets === true ? 1 : 0} LD_PRELOAD=${shellQuoted(library.value)}`
    : "";
  const line = `${command(program, settings)} 2>${shellQuoted(`${folder}/err`)}`;
  const code = await watchedRun(shell, line, push, signal, files);
  errors.end();
  // After an interrupt nothing is worth another minute of connecting again.
  if (code.ok || !signal.aborted) await shell.run(`rm -rf ${shellQuoted(folder)}`);
  const why = library.ok ? missed(reader, said) : "";
  if (why !== "") push({ kind: "unseen", why, ended: true });
  return code;
}

async function libraryFor(
  shell: Shell,
  folder: string,
  { words: [name = ""], library }: SystemProgram,
): Promise<Result<string>> {
  const target = await targetOnBoard(shell, name);
  return target.ok ? placeLibrary(shell, folder, target.value, library) : target;
}

function command({ words }: SystemProgram, settings: string): string {
  return `${settings} ${words.map(shellQuoted).join(" ")}`.trimStart();
}

/** The same as `run`; where the connection is lost meanwhile, the error says what became of the command. */
async function watchedRun(...all: Parameters<typeof run>): Promise<Result<number>> {
  const [shell, , , signal] = all;
  const loss = await lossOf(shell);
  const code = await run(...all);
  return code.ok || signal.aborted ? code : err(await loss(code.error));
}

/** Runs a command line to its end and gives its exit code; takes what comes to files meanwhile. */
async function run(
  shell: Shell,
  line: string,
  push: Push,
  signal: AbortSignal,
  files: readonly FileFollower[],
): Promise<Result<number>> {
  const started = await shell.start(line);
  if (!started.ok) return err(started.error.text);
  const { lines, ended, stop } = started.value;
  const over = new AbortController();
  let giveUp = (): void => {};
  const interrupted = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  const stopping = (): void => {
    void stop();
    void ended.then((code) => code.ok || giveUp());
  };
  if (signal.aborted) stopping();
  signal.addEventListener("abort", stopping, { once: true });
  void ended.then(() => over.abort());
  const printed = (async () => {
    for await (const text of lines) push({ kind: "line", text, error: false });
  })();
  while (files.length > 0 && !over.signal.aborted) {
    // What could not be read now is read the next time.
    for (const file of files) await Promise.race([file.next(), interrupted]);
    await setTimeout(INTERVAL, undefined, { signal: over.signal }).catch(() => {});
  }
  const code = await ended;
  await printed;
  signal.removeEventListener("abort", stopping);
  for (const file of !code.ok && signal.aborted ? [] : files) {
    const rest = await file.next();
    if (!rest.ok && code.ok) return rest;
  }
  return code.ok ? ok(code.value) : err(code.error.text);
}

/** Why moments were not seen, or not all; empty if they were. */
function missed({ processes, lost, refused }: MomentReader, said: string): string {
  if (refused !== 0) {
    const cause = knownCause({ call: "TEEC_OpenSession", code: refused, origin: 3 });
    return `the statistics cannot be asked for: ${cause || `0x${refused.toString(16)}`}`;
  }
  if (lost > 0) return `${lost} lines of the library did not come; the figures have gaps`;
  if (processes > 0) return "";
  if (said !== "") return `the library cannot be loaded there: ${said}`;
  return "no call into a TA was seen: it made none, or the programs that did cannot load the library (linked statically, or setuid)";
}
