// One clone for the tests of the package: what is committed, with its packages, built, packed, and as one file.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder with `clone`, `teemem.tgz` and `teemem.mjs`. */
    made: string;
  }
}

const made = mkdtempSync(join(tmpdir(), "teemem-made-"));

/** Fills the folder. */
export function setup({ provide }: TestProject): void {
  sh(`git clone -q '${ROOT}' clone && cd clone && npm ci --no-audit --no-fund --prefer-offline`);
  sh("cd clone && npm pack --silent --pack-destination .. && mv ../teemem-*.tgz ../teemem.tgz");
  sh("cd clone && node scripts/bundle/run.js ../teemem.mjs");
  provide("made", made);
}

/** Takes it away, with what npx kept of it. */
export function teardown(): void {
  const kept = `${sh("npm config get cache")}/_npx`;
  for (const name of existsSync(kept) ? readdirSync(kept) : [])
    sh(`! grep -qs '${made}' '${kept}/${name}/package.json' || rm -r '${kept}/${name}'`);
  rmSync(made, { recursive: true });
}

function sh(line: string): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV)/.test(name)));
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", line], { cwd: made, encoding: "utf8", env });
  if (status !== 0) throw new Error(`${line}: ${stdout}${stderr}`);
  return stdout.trim();
}
