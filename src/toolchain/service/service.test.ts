// Tests of service.ts.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { ToolCall } from "../call/tool_call.ts";
import { CALLS, writeScripts } from "./scripts.ts";
import { serveTools } from "./service.ts";

const seen: ToolCall[] = [];
const service = serveTools(async (call) => {
  seen.push(call);
  if (call.args.includes("throw")) throw new Error("broken");
  return {
    code: call.args.length,
    out: call.args.includes("loud") ? `${call.tool}\n` : "",
    err: call.args.includes("warn") ? "w\n" : "",
  };
});
const tools = writeScripts(mkdtempSync(join(tmpdir(), "teemem-bin-")), ["gcc", "ar"]);
afterAll(() => service.close());

function run(tool: string, args: string[], input = ""): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(`${tools}${tool}`, args, {
      env: { PATH: process.env.PATH, [CALLS]: service.folder },
      cwd: "/",
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      err += data.toString();
    });
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

describe("calls of tools", () => {
  test("words, folder, exit code and both outputs pass as they are", async () => {
    const args = ["-DX='a b'", "", "two\nlines", "loud", "warn"];
    expect(await run("gcc", args)).toEqual({ code: 5, out: "gcc\n", err: "w\n" });
    expect(seen.at(-1)).toEqual({ tool: "gcc", args, cwd: "/" });
  });

  test("standard input comes along where a word is -", async () => {
    await run("gcc", ["-E", "-"], "int x;");
    expect(new TextDecoder().decode(seen.at(-1)?.input)).toBe("int x;");
  });

  test("many at once are answered, each its own", async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => run("ar", Array.from({ length: n }, String))),
    );
    expect(answers.map(({ code }) => code)).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  test("what breaks here fails the call", async () => {
    expect(await run("gcc", ["throw"])).toMatchObject({ code: 1, err: expect.stringContaining("broken") });
  });
});
