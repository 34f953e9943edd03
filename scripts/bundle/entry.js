// The beginning of the one file: it is both programs, and every worker thread of theirs.
import { basename } from "node:path";

/** What a thread is told to be, behind the file's address: the name of its own file in the package. */
const THREADS = {
  trial_worker: () => import("../../src/cli/jobs/trial_worker.ts"),
  fuzz_worker: () => import("../../src/cli/jobs/fuzz_worker.ts"),
  worker: () => import("../../src/toolchain/yowasp/worker.ts"),
};

const thread = new URL(import.meta.url).search.slice(1);
if (thread !== "") await THREADS[thread]();
else if (isXtest(process.argv)) await import("../../src/cli/xtest.ts");
else await import("../../src/cli/teemem.ts");

/** Called by this name, or given it as the first word, which is then no argument. */
function isXtest(argv) {
  if (basename(argv[1] ?? "") === "xtest") return true;
  if (argv[2] !== "xtest") return false;
  argv.splice(2, 1);
  return true;
}
