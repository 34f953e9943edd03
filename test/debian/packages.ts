// OP-TEE as Debian has it, fetched by apt into a folder of our own: the source of optee-os, and xtest for arm64 with its libraries.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "../../src/base/result.ts";

/** What was fetched. */
export interface DebianOptee {
  /** The source of optee-os. */
  readonly source: string;
  /** Its release, like `4.10.0`. */
  readonly release: string;
  /** A root folder for arm64 with /usr/bin/xtest. */
  readonly root: string;
}

const SOURCES = "/etc/apt/sources.list.d/debian.sources";
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Fetches it, 40 MB, or takes what an earlier run has fetched. An error says what this machine lacks. */
export function fetchDebianOptee(): Result<DebianOptee> {
  if (!existsSync(SOURCES) || !existsSync(KEYRING)) return err(`this machine has no ${SOURCES}, or no ${KEYRING}`);
  const folder = join(tmpdir(), `teemem-debian-${process.getuid?.() ?? ""}`);
  const apt = join(folder, "apt");
  const done = join(folder, "done");
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    for (const one of ["sources", "lists/partial", "cache/archives/partial"])
      mkdirSync(join(apt, one), { recursive: true, mode: 0o700 });
    const mirror = /^URIs: +(\S{1,200})/m.exec(readFileSync(SOURCES, "utf8"))?.[1] ?? "";
    const stanza = [
      "Types: deb deb-src",
      `URIs: ${mirror}`,
      "Suites: sid",
      "Components: main",
      `Signed-By: ${KEYRING}`,
    ];
    writeFileSync(join(apt, "sources/debian.sources"), `${stanza.join("\n")}\n`);
    writeFileSync(join(apt, "status"), "");
    for (const words of [
      ["update"],
      ["source", "--download-only", "--tar-only", "optee-os"],
      ["install", "--download-only", "--yes", "--no-install-recommends", "optee-test-qemu"],
    ]) {
      const ended = aptGet(apt, folder, words);
      if (ended !== "") return err(`apt-get ${words.join(" ")}: ${ended}`);
    }
    unpack(folder, join(apt, "cache/archives"));
    writeFileSync(done, "");
  }
  const source = join(folder, "optee_os");
  const config = readFileSync(join(source, "mk/config.mk"), "utf8");
  const [major, minor] = ["MAJOR", "MINOR"].map(
    (name) => new RegExp(`^CFG_OPTEE_REVISION_${name} \\?= (\\d+)`, "m").exec(config)?.[1] ?? "?",
  );
  return ok({ source, release: `${major}.${minor}.0`, root: join(folder, "root") });
}

/** Runs apt-get on lists of its own, for arm64; the last line of what went wrong, empty for nothing. */
function aptGet(apt: string, cwd: string, words: readonly string[]): string {
  const settings = {
    "Dir::Etc::SourceList": "/dev/null",
    "Dir::Etc::SourceParts": join(apt, "sources"),
    "Dir::State::Lists": join(apt, "lists"),
    "Dir::State::Status": join(apt, "status"),
    "Dir::Cache": join(apt, "cache"),
    "APT::Sandbox::User": "",
    "APT::Architecture": "arm64",
    "APT::Architectures": "arm64",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  const ended = spawnSync("apt-get", ["-qq", ...options, ...words], { cwd, encoding: "utf8", timeout: 300_000 });
  if (ended.status === 0) return "";
  return ended.error?.message ?? ended.stderr.trim().split("\n").at(-1) ?? `exit code ${ended.status}`;
}

function unpack(folder: string, archives: string): void {
  const root = join(folder, "root");
  mkdirSync(root);
  for (const name of readdirSync(archives).filter((one) => one.endsWith(".deb")))
    must("dpkg-deb", ["-x", join(archives, name), root]);
  // Debian's packages leave this link to its installer.
  if (!existsSync(join(root, "lib"))) symlinkSync("usr/lib", join(root, "lib"));
  const half = join(folder, "half");
  mkdirSync(half);
  const tar = readdirSync(folder).find((one) => /^optee-os_.*\.orig\.tar\./.test(one)) ?? "";
  must("tar", ["-xf", join(folder, tar), "-C", half, "--strip-components=1"]);
  renameSync(half, join(folder, "optee_os"));
}

function must(program: string, words: readonly string[]): void {
  const ended = spawnSync(program, words, { encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`${program}: ${ended.error?.message ?? ended.stderr.trim()}`);
}
