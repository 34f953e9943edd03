// @ts-check
// Runs programs and keeps what they print.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const TEEMEM = fileURLToPath(new URL("../../dist/cli/teemem.js", import.meta.url));

/**
 * Runs a program to its end. @param {string} command @param {readonly string[]} words
 * @param {{ cwd?: string, env?: Record<string, string>, seconds?: number }} [options]
 */
export function run(command, words, { cwd, env = {}, seconds = 600 } = {}) {
  const ended = spawnSync(command, words, {
    encoding: "latin1",
    cwd,
    env: { ...process.env, ...env },
    timeout: seconds * 1000,
    killSignal: "SIGKILL",
    maxBuffer: 2 ** 28,
  });
  const timedOut = ended.signal === "SIGKILL";
  return { ok: ended.status === 0, code: ended.status, out: ended.stdout ?? "", err: ended.stderr ?? "", timedOut };
}

/** Runs teemem of this project's build. @param {readonly string[]} words @param {Parameters<typeof run>[2]} [options] */
export function teemem(words, options) {
  return run(process.execPath, [TEEMEM, ...words], options);
}

/** The line that says most about a failure. @param {{ out: string, err: string }} ended */
export function why({ out, err }) {
  const lines = `${out}\n${err}`.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /\berror\b|^teemem:/i.test(line)) ?? lines.at(-1) ?? "it said nothing")
    .trim()
    .slice(0, 200);
}
