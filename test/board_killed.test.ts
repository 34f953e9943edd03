// A recorder that is killed at any moment: nothing of it is left on the board, and what it wrote can be read.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { importRecording } from "../src/recording/import_recording.ts";
import { captured, fakeBoard } from "./support/fake_board.ts";

const BIN = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "teemem-killed-"));
const board = fakeBoard("4.10.0");
board.prints("alloc", readFileSync(captured("4.10.0", "05-stats-alloc.out"), "utf8"));
afterAll(() => {
  rmSync(folder, { recursive: true });
  board.remove();
});

/** Processes of the board, by a setting that all of them inherit. */
function onBoard(mark: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const found =
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(`BOARD_MARK=${mark}\0`);
      return found ? [readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ")] : [];
    } catch {
      return [];
    }
  });
}

function recorder(mark: string, file: string, words: readonly string[]): ChildProcess {
  const on = `exec:BOARD_MARK=${mark} PATH=${board.path}:$PATH sh`;
  const args = [BIN, "record", "--force", "--interval", "50", "-o", file, "--on", on, ...words];
  return spawn(process.execPath, args, {
    stdio: "ignore",
    detached: true,
    env: { ...process.env, XDG_RUNTIME_DIR: folder },
  });
}

// From before the shell is there to the middle of the samples; a seed would not make the moments the same.
const MOMENTS = Array.from({ length: 6 }, (_, n) => Math.round(n * 900 + Math.random() * 900));

it.each(MOMENTS)("killed after %i ms", { timeout: 120_000 }, async (ms) => {
  const mark = `k${process.pid}-${ms}`;
  const file = join(folder, `${mark}.arrows`);
  const child = recorder(mark, file, ms % 2 === 0 ? [] : ["--", "sleep", "600"]);
  await sleep(ms);
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  for (let n = 0; n < 400 && onBoard(mark).length > 0; n++) await sleep(100);
  expect(onBoard(mark)).toEqual([]);
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  // The head is written first, in one piece.
  if (bytes.length > 0) expect((await importRecording(bytes, file)).ok).toBe(true);
});
