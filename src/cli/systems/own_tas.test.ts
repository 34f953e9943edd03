// Tests of own_tas.ts and built_ta.ts: TAs of a folder, and what happens when they are built anew.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { fixtureBytes, fixtureModule } from "../../../test/support/wasm.ts";
import { TEE } from "../../abi/errors.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { createClient } from "../../tee/kernel/client.ts";
import { taCache } from "../../toolchain/kit/cache.ts";
import { withOwnTas } from "./own_tas.ts";

const NAME = "probe.wasm32";
const { uuid } = fixtureModule(NAME);

let folder = "";
const said: string[] = [];
const say = (text: string): void => void said.push(text);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-own-"));
  said.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, bytes: Uint8Array, seconds = 0): void {
  writeFileSync(path, bytes);
  utimesSync(path, seconds, seconds);
}

it("the TAs of a folder are there beside the bundled ones, and in place of those with their UUID", () => {
  put(join(folder, "mine.wasm"), fixtureBytes(NAME));
  writeFileSync(join(folder, "notes.txt"), "");
  const apps = withOwnTas([folder], BUNDLED, {}, say);
  if (!apps.ok) throw new Error(apps.error);
  expect([...bootTest("", undefined, apps.value.apps).core.apps.keys()]).toEqual([
    uuid,
    ...BUNDLED.map((one) => one.uuid),
  ]);
  const taken = withOwnTas(
    [folder],
    BUNDLED.map((one, n) => (n === 0 ? { ...one, uuid } : one)),
    {},
    say,
  );
  if (!taken.ok) throw new Error(taken.error);
  const { core } = bootTest("", undefined, taken.value.apps);
  expect([core.apps.size, core.apps.get(uuid)?.name]).toEqual([BUNDLED.length, "mine"]);
});

it("are found where 'teemem ta build' keeps what it made of the folder", () => {
  const env = { XDG_CACHE_HOME: join(folder, "cache") };
  const modules = taCache(env).modules(folder);
  mkdirSync(modules, { recursive: true });
  put(join(modules, "mine.wasm"), fixtureBytes(NAME));
  expect(withOwnTas([folder], [], env, say)).toMatchObject({ ok: true, value: { own: [{ uuid, name: "mine" }] } });
});

it("a folder without any, one that is not there, a file that is none, and two of one UUID are errors", () => {
  const env = { XDG_CACHE_HOME: join(folder, "cache") };
  const errorOf = (...folders: string[]): string => {
    const apps = withOwnTas(folders, [], env, say);
    return apps.ok ? "" : apps.error;
  };
  expect(errorOf(folder)).toBe(`${folder} has no TA that is built: run 'teemem ta build ${folder}' first`);
  expect(errorOf("/nowhere")).toBe("/nowhere: no such file");
  put(join(folder, "a.wasm"), fixtureBytes(NAME));
  put(join(folder, "b.wasm"), fixtureBytes(NAME));
  expect(errorOf(folder)).toBe(
    `${folder}/a.wasm and ${folder}/b.wasm have the same UUID, ${uuid}: name only one of them after --ta`,
  );
  put(join(folder, "c.wasm"), Uint8Array.of(1, 2, 3));
  expect(errorOf(join(folder, "c.wasm"))).toContain(`${folder}/c.wasm: `);
});

it("one that is built anew is taken by the next session that opens; a file that is none is not", async () => {
  const path = join(folder, "mine.wasm");
  put(path, fixtureBytes(NAME));
  const apps = withOwnTas([path], [], {}, say);
  if (!apps.ok) throw new Error(apps.error);
  const client = createClient(bootTest("", undefined, apps.value.apps).core);
  const first = await client.open(uuid);
  expect(first.code).toBe(TEE.SUCCESS);
  expect(said).toEqual([]);
  put(path, fixtureBytes(NAME), 10);
  expect((await client.open(uuid)).code).toBe(TEE.SUCCESS);
  expect(said.splice(0)).toEqual(["mine was built anew: its next instance is the new one"]);
  expect((await client.close(first.session)).code).toBe(TEE.SUCCESS);
  put(path, Uint8Array.of(0), 20);
  expect((await client.open(uuid)).code).toBe(TEE.SUCCESS);
  expect(said.splice(0)).toEqual([expect.stringContaining("; the TA stays as it was")]);
  await client.end();
});
