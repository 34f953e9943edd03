// The recipes of deploy/buildroot and deploy/yocto: their commands build and install the parts for a board, with this machine's cc.
// Buildroot and BitBake themselves are not here; what stands in for them sets what they set.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, type TestContext, test } from "vitest";
import { compilePart } from "../src/cli/device/compile.ts";
import { PRELOAD, PRELOAD_BUILD } from "../src/cli/device/preload.ts";
import { needPrograms } from "./support/needs.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "teemem-image-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(context: TestContext, program: string, args: readonly string[], env: Record<string, string> = {}): string {
  needPrograms(context, "make, gcc, binutils", "make", "gcc", "nm");
  const { PATH = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env: { PATH, ...env } });
  expect(status, `${stdout}${stderr}`).toBe(0);
  expect(stderr).not.toContain("warning:");
  return stdout;
}

/** What the library gives to programs, as the linker sees it. */
function symbolsOf(context: TestContext, file: string): string[] {
  const lines = run(context, "nm", ["-D", "--defined-only", file]).trim().split("\n");
  return lines.map((line) => line.split(" ").at(-1) ?? "").sort();
}

function isWhole(context: TestContext, target: string, sources: string): void {
  const built = compilePart({ ...PRELOAD, build: PRELOAD_BUILD }, "gcc", join(folder, "usual"));
  if (!built.ok) throw new Error(built.error);
  const symbols = symbolsOf(context, join(target, "usr/lib/libteemem_preload.so"));
  expect(symbols).toEqual(symbolsOf(context, built.value.file));
  expect(symbols).toContain("TEEC_InvokeCommand");
  // It runs, and says what keeps it from the rest.
  const client = spawnSync(join(target, "usr/bin/ta_client"), [], { encoding: "utf8" });
  expect([client.status === 0, client.stderr]).toEqual([false, expect.stringMatching(/^ta_client: /)]);
  // The object's sources lie side by side, as they include each other.
  const names = readdirSync(sources);
  expect(names).toEqual(expect.arrayContaining(["teemem_ta.c", "teemem_ta.mk"]));
  for (const name of names)
    for (const [, needed = ""] of readFileSync(join(sources, name), "utf8").matchAll(/^#include "([^"]+)"/gm))
      expect(names).toContain(needed);
}

/** The variables and stamps that Buildroot has around a package, and nothing of its own build. */
const BUILDROOT = `
TARGET_MAKE_ENV = PATH="$(PATH)"
TARGET_CONFIGURE_OPTS = CC="gcc" CFLAGS="-Os -g0" LDFLAGS=""
define generic-package
endef
include $(BR2_EXTERNAL_TEEMEM_PATH)/external.mk
site:
	@echo $(TEEMEM_DEVICE_SITE)
$(BUILD_DIR)/.stamp_built:
	$(TEEMEM_DEVICE_BUILD_CMDS)
$(BUILD_DIR)/.stamp_staging_installed:
	$(TEEMEM_DEVICE_INSTALL_STAGING_CMDS)
$(BUILD_DIR)/.stamp_target_installed:
	$(TEEMEM_DEVICE_INSTALL_TARGET_CMDS)
`;

test("Buildroot's package", (context) => {
  const at = (name: string): string => join(folder, "buildroot", name);
  mkdirSync(at(""), { recursive: true });
  writeFileSync(at("Makefile"), BUILDROOT);
  const settings = [
    `BR2_EXTERNAL_TEEMEM_PATH=${join(PROJECT, "deploy/buildroot")}`,
    `BUILD_DIR=${at("build")}`,
    `STAGING_DIR=${at("staging")}`,
    `TARGET_DIR=${at("target")}`,
  ];
  const make = (goal: string): string => run(context, "make", ["-s", "-f", at("Makefile"), ...settings, goal]);
  const site = make("site").trim();
  cpSync(site, at("build"), { recursive: true });
  for (const stamp of ["built", "staging_installed", "target_installed"]) make(`${at("build")}/.stamp_${stamp}`);
  isWhole(context, at("target"), at("staging/usr/share/teemem"));
  expect(existsSync(at("target/usr/share"))).toBe(false);
});

test("Buildroot finds the package: names and options fit together", () => {
  const at = (name: string): string => readFileSync(join(PROJECT, "deploy/buildroot", name), "utf8");
  expect(at("external.desc")).toMatch(/^name: TEEMEM$/m);
  const [, source = ""] = /^source "\$BR2_EXTERNAL_TEEMEM_PATH\/(.+)"$/m.exec(at("Config.in")) ?? [];
  expect(at(source)).toMatch(/^config BR2_PACKAGE_TEEMEM_DEVICE$/m);
});

const RECIPE = readFileSync(join(PROJECT, "deploy/yocto/teemem-device_git.bb"), "utf8");

/** The commands of a task: all lines up to the brace that ends it. */
function task(name: string): string {
  const [, after = expect.fail(name)] = RECIPE.split(`\n${name}() {\n`);
  return after.slice(0, after.indexOf("\n}\n"));
}

test("Yocto's recipe", (context) => {
  const at = (name: string): string => join(folder, "yocto", name);
  cpSync(join(PROJECT, "device"), at("git/device"), { recursive: true });
  const [, more = ""] = /^EXTRA_OEMAKE = "(.*)"$/m.exec(RECIPE) ?? [];
  const script = `set -e
oe_runmake() { make ${more} "$@"; }
${task("do_compile")}
${task("do_install")}`;
  const folders = {
    S: at("git"),
    B: at("build"),
    D: at("image"),
    bindir: "/usr/bin",
    libdir: "/usr/lib",
    datadir: "/usr/share",
  };
  run(context, "sh", ["-c", script], { ...folders, CC: "gcc", CFLAGS: "-O2", LDFLAGS: "-Wl,-O1" });
  isWhole(context, at("image"), at("image/usr/share/teemem"));
});

test("Yocto's recipe has the sum of the licence", () => {
  const sum = createHash("md5")
    .update(readFileSync(join(PROJECT, "LICENSE")))
    .digest("hex");
  expect(RECIPE).toContain(`"file://LICENSE;md5=${sum}"`);
});

test("make alone builds static client and library", (context) => {
  const out = join(folder, "alone");
  run(context, "make", ["-s", "-C", join(PROJECT, "device"), `O=${out}`, "CC=gcc"]);
  expect(readdirSync(out).sort()).toEqual(["libteemem_preload.so", "ta_client"]);
  expect(spawnSync("ldd", [join(out, "ta_client")], { encoding: "utf8" }).stdout).not.toContain("libc.so");
});
