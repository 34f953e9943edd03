// What of a folder is to be built: a Makefile, a CMakeLists.txt, or OP-TEE's own form for TAs in its tree.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";

export interface TaBuild {
  /** The folder of the TA, or of several TAs with one Makefile above them. */
  readonly folder: string;
  /** `in tree`: `user_ta.mk` and `sub.mk`, without a Makefile. */
  readonly kind: "make" | "cmake" | "in tree";
}

const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];

/** The builds of a folder: its own, that of its `ta/`, or those of all `NAME/ta`. */
export function findBuilds(folder: string): Result<readonly TaBuild[]> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return err(`no folder '${folder}'`);
  const own = buildOf(folder);
  if (own !== null && saysTa(own)) return ok([own]);
  const below = [
    join(folder, "ta"),
    ...readdirSync(folder)
      .sort()
      .map((name) => join(folder, name, "ta")),
  ];
  const found = below.flatMap((one) => buildOf(one) ?? []);
  if (found.length > 0 && found[0]?.folder === below[0]) return ok(found.slice(0, 1));
  if (found.length > 0) return ok(found);
  return own === null ? err(`'${folder}' has neither Makefile nor CMakeLists.txt of a TA`) : ok([own]);
}

/** The folders whose modules a folder stands for: those of its builds, else itself. */
export function buildFolders(folder: string): readonly string[] {
  const builds = findBuilds(folder);
  return (builds.ok ? builds.value : [{ folder }]).map((build) => realpathSync(build.folder));
}

function buildOf(folder: string): TaBuild | null {
  if (makefileOf(folder) !== null) return { folder, kind: "make" };
  if (existsSync(join(folder, "CMakeLists.txt"))) return { folder, kind: "cmake" };
  return existsSync(join(folder, "user_ta.mk")) ? { folder, kind: "in tree" } : null;
}

/** The Makefile that make would take. */
export function makefileOf(folder: string): string | null {
  return MAKEFILES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A Makefile above host and TA does not know the kit; that of the TA does. */
function saysTa({ folder, kind }: TaBuild): boolean {
  const path = kind === "make" ? makefileOf(folder) : join(folder, kind === "cmake" ? "CMakeLists.txt" : "user_ta.mk");
  const text = path === null ? "" : readFileSync(path, "utf8");
  if (kind === "in tree") return true;
  return (
    /ta_dev_kit\.mk|^[ \t]{0,80}BINARY[ \t]{0,80}[:?]?=|TA_DEV_KIT_DIR\)?\}?\/mk/m.test(text) ||
    (kind === "cmake" && /TA_DEV_KIT_DIR/.test(text))
  );
}
