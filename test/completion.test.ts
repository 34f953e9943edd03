// Completion in shells: what the program offers, and that bash, zsh and fish take it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { commands } from "../src/cli/commands.ts";
import { runHere } from "./run_here.ts";
import { needPrograms } from "./support/needs.ts";

/** What the last word may become. */
async function offered(...words: string[]): Promise<string[]> {
  const { out, outcome } = await runHere("complete", "--", ...words);
  expect(outcome).toEqual({ ok: true, value: 0 });
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t")[0] ?? "");
}

describe("what is offered", () => {
  test("commands, with what they do", async () => {
    expect(await offered("")).toEqual([...commands.map(({ name }) => name), "help"]);
    expect(await offered("re")).toEqual(["record", "report", "replay"]);
    expect(await offered("help", "le")).toEqual(["leaks"]);
    expect((await runHere("complete", "--", "boo")).out).toBe(
      `boot\t${commands.find(({ name }) => name === "boot")?.summary}\n`,
    );
  });

  test("options of the command, and of the program", async () => {
    expect(await offered("report", "--ma")).toEqual(["--mark"]);
    expect(await offered("report", "run.arrows", "--jso")).toEqual(["--json"]);
    expect(await offered("--ver")).toEqual(["--version"]);
    expect(await offered("stats", "--ma")).toEqual([]);
  });

  test("values of options: choices, sources, heaps, files", async () => {
    expect(await offered("report", "--by", "")).toContain("function");
    expect(await offered("report", "--on", "s")).toEqual(["sim", "ssh://", "serial:", ":files"]);
    expect(await offered("report", "--heap", "ae")).toEqual(["aes", ":files"]);
    expect(await offered("report", "--log", "")).toEqual([":files"]);
    expect(await offered("doctor", "--error", "TEE_ERROR_OUT")).toEqual(["TEE_ERROR_OUT_OF_MEMORY", ":files"]);
    expect(await offered("export", "run.arrows", "-f", "pp")).toEqual(["pprof"]);
    expect(await offered("completion", "")).toContain("zsh");
  });

  test("files where arguments stand, workloads behind --", async () => {
    expect(await offered("report", "")).toEqual([":files"]);
    expect(await offered("watch", "--", "le")).toEqual(["leaky", ":files"]);
    expect(await offered("watch", "--", "./client", "--x")).toEqual([":files"]);
    expect(await offered("nosuch", "")).toEqual([":files"]);
  });
});

describe("in a shell", () => {
  const BIN = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
  const run = (shell: string, args: readonly string[], script: string): string => {
    const { stdout, stderr } = spawnSync(shell, [...args, script], {
      env: { ...process.env, NODE: process.execPath, BIN, HOME: "/nonexistent" },
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout;
  };
  const CALL = 'teemem() { "$NODE" "$BIN" "$@"; }\n';
  const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

  test("bash", (context) => {
    needPrograms(context, "bash", "bash");
    const complete = (...words: string[]): string[] =>
      run(
        "bash",
        ["--norc", "-c"],
        `${CALL}compopt() { :; }; source <(teemem completion bash)
COMP_WORDS=(teemem ${quoted(words)}); COMP_CWORD=${words.length}; _teemem; printf '%s\n' "\${COMPREPLY[@]}"`,
      )
        .trimEnd()
        .split("\n");
    expect(complete("re")).toEqual(["record", "report", "replay"]);
    expect(complete("report", "--mar")).toEqual(["--mark"]);
    expect(complete("report", "package.js")).toEqual(["package.json"]);
  });

  test("zsh", (context) => {
    needPrograms(context, "zsh", "zsh");
    const complete = (...words: string[]): string =>
      run(
        "zsh",
        ["-f", "-c"],
        `${CALL}compdef() { :; }; _describe() { print -rl -- $candidates }; _files() { print files }
source <(teemem completion zsh); words=(teemem ${quoted(words)}); CURRENT=${words.length + 1}; _teemem`,
      );
    expect(complete("rep").split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^report:explain a recording\\: peaks/),
      expect.stringMatching(/^replay:replay heap traces/),
    ]);
    expect(complete("report", "--on", "ss")).toBe("ssh\\://:\nfiles\n");
  });

  test("fish", (context) => {
    needPrograms(context, "fish", "fish");
    const complete = (line: string): string =>
      run(
        "fish",
        ["--no-config", "-c"],
        `function teemem; $NODE $BIN $argv; end; teemem completion fish | source; complete -C '${line}'`,
      );
    expect(complete("teemem repl")).toMatch(/^replay\treplay heap traces/);
    expect(complete("teemem report package.js")).toMatch(/^package\.json/);
  });
});
