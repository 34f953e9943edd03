// @ts-check
// Compares the text of upstream's `xtest --stats` with ours.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, TEEMEM, teemem, why } from "./programs.js";
import { releaseOf } from "./trees.js";

const OURS = fileURLToPath(new URL("../../dist/cli/xtest.js", import.meta.url));

/** @param {import("./trees.js").Trees} trees @param {string} tas @param {string | undefined} xtest @param {import("./table.js").Table} table */
export async function compareStatistics(trees, tas, xtest, table) {
  if (xtest === undefined || !trees.only.test("stats")) return;
  const socket = join(trees.work, "stats.sock");
  const daemon = spawn(
    process.execPath,
    [TEEMEM, "boot", "--optee", releaseOf(trees.os), "--socket", socket, "--ta", tas],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  try {
    // It says there that it listens.
    await Promise.race([once(daemon.stderr, "data"), once(daemon, "exit")]);
    const libteec = join(trees.work, "libteec");
    const made = teemem(["device", "build", "libteec", "-o", libteec]);
    if (!made.ok) throw new Error(why(made));
    const env = { TEEMEM_SOCKET: socket };
    const theirEnv = { ...env, LD_LIBRARY_PATH: `${libteec}:${join(trees.work, "client/lib")}` };
    // It leaves a TA that stays loaded.
    run(xtest, ["-t", "pkcs11", "1000"], { env: theirEnv, seconds: 60 });
    // The first question after boot moves holes of the core heap: later ones leave it as it is.
    run(xtest, ["--stats", "--alloc"], { env: theirEnv, seconds: 60 });
    for (const question of ["--alloc", "--ta", "--pager", "--memleak"]) {
      const ours = run(process.execPath, [OURS, "--stats", question], { env, seconds: 60 });
      const theirs = run(xtest, ["--stats", question], { env: theirEnv, seconds: 60 });
      const same = ours.out === theirs.out && ours.err === theirs.err && ours.code === theirs.code;
      table.add(
        `xtest --stats ${question}`,
        same ? "passed" : "failed",
        same ? `${ours.out.length + ours.err.length} bytes, exit code ${ours.code}` : why(theirs),
      );
    }
  } finally {
    daemon.kill();
  }
}
