// Runs a script of a CI template in a shell, with nothing of the tester's settings but what programs need.
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Where and how it runs. */
export interface StepSurroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: readonly string[];
}

/** Its exit code, and what it printed, on both streams. */
export async function runShell(
  script: string,
  { folder, env, shell }: StepSurroundings,
): Promise<{ readonly code: number; readonly text: string }> {
  const [program = "sh", ...words] = shell;
  const child = spawn(program, [...words, "-c", script], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (text += part));
  const [code] = await once(child, "close");
  return { code: code ?? -1, text };
}
