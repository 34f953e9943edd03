// The question for a password, on a terminal of its own.
import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { needPrograms } from "./support/needs.ts";

const ASK = new URL("../dist/cli/systems/ask_password.js", import.meta.url).href;
const PROGRAM = `import(${JSON.stringify(ASK)}).then((m) => m.askPassword("word: ")).then((word) => console.log("=" + JSON.stringify(word ?? null)))`;

/** What the terminal shows when these keys are pressed behind the question. */
function shown(keys: string): Promise<string> {
  const env = { ...process.env, ASK_PROGRAM: PROGRAM };
  const child = spawn("script", ["-qec", `"${process.execPath}" -e "$ASK_PROGRAM"`, "/dev/null"], {
    env,
    stdio: "pipe",
  });
  let text = "";
  let typed = false;
  child.stdout.on("data", (chunk) => {
    text += chunk;
    if (typed || !text.includes("word: ")) return;
    typed = true;
    // The question stands there a moment before the echo is off.
    setTimeout(() => child.stdin.write(keys), 500);
  });
  return new Promise((resolve) => child.on("close", () => resolve(text)));
}

it.for([
  ["secret\r", '"secret"'],
  ["p\u00e4ssw\u00f6rd\r", '"p\u00e4ssw\u00f6rd"'],
  ["sex\u007fcret\bt\r", '"secret"'],
  ["\r", '""'],
  ["secret\u0003", "null"],
])("%j gives %s, and nothing of it is shown", { timeout: 60_000 }, async ([keys = "", word], context) => {
  needPrograms(context, "bsdutils", "script");
  const text = await shown(keys);
  expect(text).toContain(`=${word}`);
  expect(text.slice(0, text.indexOf("="))).toBe("word: \r\n");
});
