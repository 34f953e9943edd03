// Before any test: what the tester's environment has does not reach tests, nor the programs that they start. vitest runs this once.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Variables that reach tests as they are: where programs and temporary files are, and what a tester asks for (CONTRIBUTING.md). */
const KEPT = [
  "PATH",
  "LD_LIBRARY_PATH",
  "TMPDIR",
  "CI",
  "CHROMIUM",
  "TEEMEM_SHARED",
  "BOARD",
  "TEEMEM_QEMU_BOARD",
  "OPTEE_QEMU_CACHE",
];
/** What vitest and Node.js need themselves. */
const RUNNERS = /^(VITEST|FORCE_TTY$|NODE_V8_COVERAGE$|NODE_ENV$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/;

/** The environment that tests get, whatever the tester's is. `home` is an empty folder. */
export function hermetic(env: NodeJS.ProcessEnv, home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => KEPT.includes(name) || RUNNERS.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    // No daemon listens here, whichever does where the tester works.
    XDG_RUNTIME_DIR: join(home, "run"),
    // The embedded system, without looking for a daemon.
    TEEMEM_SOCKET: "",
    // Tests read commands as they are for those who installed the package.
    TEEMEM_COMMAND: "teemem",
    TZ: "UTC",
    LANG: "C.UTF-8",
  };
}

/** Replaces the environment of the test runner, which its workers inherit. */
export function setup(): () => void {
  const home = mkdtempSync(join(tmpdir(), "teemem-home-"));
  mkdirSync(join(home, "run"), { mode: 0o700 });
  const env = hermetic(process.env, home);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  return () => rmSync(home, { recursive: true, force: true });
}
