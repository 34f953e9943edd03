// Runs the built programs for tests.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a program of this package did. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs a built bin (`npm run build` first, as `npm test` does) and waits for it. */
export function runBin(
  bin: "teemem" | "xtest",
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string | Uint8Array } = {},
): Ran {
  const path = fileURLToPath(new URL(`../dist/cli/${bin}.js`, import.meta.url));
  const env: Record<string, string | undefined> = { ...process.env, TEEMEM_SOCKET: "", ...options.env };
  // What the tester has set must not choose the system under test.
  for (const name of [
    "TEEMEM_AFTER",
    "TEEMEM_CFG",
    "TEEMEM_OPTEE",
    "TEEMEM_PROFILE",
    "TEEMEM_CONSOLE",
    "TEEMEM_DEBUG",
  ]) {
    if (options.env?.[name] === undefined) delete env[name];
  }
  const { stdout, stderr, status } = spawnSync(process.execPath, [path, ...args], {
    env,
    input: options.input ?? "",
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { stdout, stderr, code: status };
}
