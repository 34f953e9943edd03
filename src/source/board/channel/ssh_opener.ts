// Opens connections by ssh; those behind the first one go through it, so that nobody is asked twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ok, type Result } from "../../../base/result.ts";
import type { Opener } from "./opener.ts";
import { sshChannel } from "./ssh_channel.ts";
import { readSshUrl } from "./ssh_url.ts";

/** The user may have to type a password. */
const PATIENCE = 120_000;

export function sshOpener(where: string, env: NodeJS.ProcessEnv): Result<Opener> {
  const target = readSshUrl(where);
  if (!target.ok) return target;
  const folder = controlFolder(env);
  return ok({
    patience: PATIENCE,
    consoles: false,
    user: target.value.user,
    open: async () => ok(sshChannel(target.value, env, folder === "" ? "" : join(folder, "ssh"))),
    async [Symbol.asyncDispose]() {
      if (folder !== "") rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** A new folder that nobody else can enter; empty where connections cannot be shared. */
function controlFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return "";
  try {
    return mkdtempSync(join(env.XDG_RUNTIME_DIR ?? tmpdir(), "teemem-"));
  } catch {
    return "";
  }
}
