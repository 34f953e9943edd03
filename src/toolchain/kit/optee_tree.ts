// A folder with OP-TEE's sources: which release it is, and a mark that changes when a library does.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";

export interface OpteeTree {
  readonly path: string;
  /** `4.0.0`. */
  readonly release: string;
  /** Of names, sizes and times of all files that a kit is made of. */
  readonly mark: string;
}

/** What a kit is made of. */
const PARTS = ["lib", "ta", "mk", "scripts", "Makefile"];

export function opteeTree(path: string): Result<OpteeTree> {
  if (!existsSync(path)) return err(`no folder '${path}'`);
  const lacking = ["lib/libutee/include/utee_syscalls.h", "ta/mk/ta_dev_kit.mk", "Makefile"].find(
    (file) => !existsSync(join(path, file)),
  );
  if (lacking !== undefined) {
    const exported = existsSync(join(path, "mk/ta_dev_kit.mk")) || existsSync(join(path, "export-ta_arm64"));
    const why = exported
      ? "it is what OP-TEE's build exports, and the libraries in it are for Arm"
      : `it has no ${lacking}`;
    return err(`'${path}' does not have the sources of OP-TEE: ${why}; give the folder of optee_os`);
  }
  const real = realpathSync(path);
  return ok({ path: real, release: releaseOf(real), mark: markOf(real) });
}

/** From the configuration, which has it since 3.20; else from the newest heading of the change log. */
function releaseOf(path: string): string {
  const config = read(join(path, "mk/config.mk"));
  const major = /^CFG_OPTEE_REVISION_MAJOR \?= (\d+)/m.exec(config)?.[1];
  const minor = /^CFG_OPTEE_REVISION_MINOR \?= (\d+)/m.exec(config)?.[1];
  if (major !== undefined && minor !== undefined) return `${major}.${minor}.0`;
  return /^# OP-TEE - version (\d+\.\d+\.\d+)/m.exec(read(join(path, "CHANGELOG.md")))?.[1] ?? "";
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function markOf(root: string): string {
  const hash = createHash("sha256").update(root);
  const visit = (path: string): void => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (found.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path} ${found.size} ${found.mtimeMs}\n`);
  };
  for (const part of PARTS) visit(join(root, part));
  return hash.digest("hex");
}
