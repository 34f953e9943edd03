// Tests of tee-supplicant's plugins, with some that are compiled here.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, describe, expect, it, type TestContext } from "vitest";
import { loadPlugins } from "../src/node/plugins.ts";
import { needPrograms } from "./support/needs.ts";

const UUID = "01020304-0506-0708-090a-0b0c0d0e0f10";

/** A plugin that adds the sub-command to each byte, says that it wrote one byte less, and gives its command as the code. */
const PLUGIN = `
#include <stddef.h>
#include <stdint.h>
struct plugin_method {
	const char *name;
	struct { uint32_t a; uint16_t b, c; uint8_t d[8]; } uuid;
	uint32_t (*init)(void);
	uint32_t (*invoke)(unsigned, unsigned, void *, size_t, size_t *);
};
static uint32_t begun;
static uint32_t init(void) { begun = 1; return INIT; }
static uint32_t invoke(unsigned cmd, unsigned sub, void *data, size_t len, size_t *out)
{
	for (size_t n = 0; n < len; n++) ((uint8_t *)data)[n] += sub * begun;
	*out = len ? len - 1 : 0;
	return cmd;
}
struct plugin_method plugin_method = {
	"test", { 0x01020304, 0x0506, 0x0708, { 9, 10, 11, 12, 13, 14, 15, 16 } }, WITH_INIT, invoke,
};
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderOf(context: TestContext, ...defines: readonly string[]): string {
  needPrograms(context, "gcc, libc6-dev", "gcc");
  const folder = mkdtempSync(join(tmpdir(), "teemem-plugins-"));
  folders.push(folder);
  writeFileSync(join(folder, "plugin.c"), PLUGIN);
  const args = ["-shared", "-fPIC", ...defines, "-o", `${UUID}.plugin`, "plugin.c"];
  const built = spawnSync("gcc", args, { cwd: folder, encoding: "utf8" });
  expect(built.stderr).toBe("");
  return folder;
}

describe("0.plugin", () => {
  it("begins, and works on the data of a call", async (context) => {
    const plugins = await loadPlugins(folderOf(context, "-DINIT=0", "-DWITH_INIT=init"));
    if (!plugins.ok) throw new Error(plugins.error);
    // It stays loaded, whatever is collected.
    setFlagsFromString("--expose-gc");
    runInNewContext("gc")();
    const data = Uint8Array.of(1, 2, 255);
    expect(await plugins.value.invoke(UUID, 0xffff0006, 3, data)).toEqual({ code: 0xffff0006, size: 2 });
    expect([...data]).toEqual([4, 5, 2]);
    expect(await plugins.value.invoke(UUID, 0, 3, new Uint8Array())).toEqual({ code: 0, size: 0 });
    expect(await plugins.value.invoke(UUID.replace("1", "2"), 0, 3, data)).toBeNull();
  });

  it("need not begin", async (context) => {
    const plugins = await loadPlugins(folderOf(context, "-DINIT=0", "-DWITH_INIT=0"));
    if (!plugins.ok) throw new Error(plugins.error);
    expect(await plugins.value.invoke(UUID, 7, 1, new Uint8Array(2))).toEqual({ code: 7, size: 1 });
  });

  it("that fails to begin, or is none, is an error that names it", async (context) => {
    const failing = folderOf(context, "-DINIT=0xffff0000", "-DWITH_INIT=init");
    expect(await loadPlugins(failing)).toMatchObject({
      error: expect.stringMatching(/\.plugin: the plugin's init failed with 0xffff0000$/),
    });
    writeFileSync(join(failing, "0.plugin"), "text");
    expect(await loadPlugins(failing)).toMatchObject({
      error: expect.stringMatching(/0\.plugin is no plugin of tee-supplicant for this machine: /),
    });
    expect(await loadPlugins(join(failing, "none"))).toMatchObject({
      error: expect.stringMatching(/^cannot read the plugins of .*ENOENT/),
    });
  });
});
