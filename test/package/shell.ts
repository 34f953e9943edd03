// Runs shell commands for the package tests.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a command printed, and how it ended. */
export interface Said {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** A folder that a newcomer works in. */
export interface Folder extends Disposable {
  readonly path: string;
  /** Runs a line as a shell does. Variables that this test was started with do not reach it. */
  sh(line: string, at?: string): Said;
}

/** Makes an empty folder, and takes it away at the end. */
export function emptyFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "teemem-package-"));
  // npm hands its own settings to what it runs, and vitest its own to tests.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|TEEMEM_|TEST$)/.test(name)),
  );
  return {
    path,
    sh(line, at = ".") {
      const { stdout, stderr, status } = spawnSync("sh", ["-c", line], {
        cwd: join(path, at),
        encoding: "utf8",
        env: { ...env, TEEMEM_SOCKET: "", npm_config_prefer_offline: "true", npm_config_audit: "false" },
        maxBuffer: 2 ** 28,
      });
      return { out: stdout, err: stderr, code: status };
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
