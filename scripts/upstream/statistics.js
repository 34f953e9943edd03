// @ts-check
// Compares the text of upstream's `xtest --stats` with ours.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, TEEMEM, why } from "./programs.js";
import { inCache } from "./trees.js";

const OURS = fileURLToPath(new URL("../../dist/cli/xtest.js", import.meta.url));

/** @param {import("./trees.js").Trees} trees @param {string} tas @param {string | undefined} xtest @param {import("./table.js").Table} table */
export async function compareStatistics(trees, tas, xtest, table) {
  if (xtest === undefined || !trees.only.test("stats")) return;
  const socket = join(trees.work, "stats.sock");
  const daemon = spawn(process.execPath, [TEEMEM, "boot", "--socket", socket, "--ta", tas], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await Promise.race([once(daemon.stdout, "data"), once(daemon, "exit")]);
    const libraries = `${inCache(trees, "", "libteec-")}:${join(trees.work, "client/lib")}`;
    const env = { TEEMEM_SOCKET: socket };
    for (const question of ["--alloc", "--ta", "--pager", "--memleak"]) {
      const ours = run(process.execPath, [OURS, "--stats", question], { env, seconds: 60 });
      const theirs = run(xtest, ["--stats", question], { env: { ...env, LD_LIBRARY_PATH: libraries }, seconds: 60 });
      const same = ours.out === theirs.out && ours.code === theirs.code;
      table.add(
        `xtest --stats ${question}`,
        same ? "passed" : "failed",
        same ? `${ours.out.length} bytes` : why(theirs),
      );
    }
  } finally {
    daemon.kill();
  }
}
