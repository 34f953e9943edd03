// Tests of shared libraries among the files of `--ta`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { fixtureBytes } from "../../../test/support/wasm.ts";
import { libraryFiles } from "./library_files.ts";
import { withOwnTas } from "./own_tas.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-libraries-"));
afterAll(() => rmSync(folder, { recursive: true }));
const UUID = "b3091a65-0000-4784-abf7-0298a7cc35ba";

it("a library is known by its name, and read when a TA loads it", () => {
  const file = join(folder, `${UUID.toUpperCase()}.wasm`);
  writeFileSync(file, fixtureBytes("library.wasm32"));
  const libraries = libraryFiles();
  expect(libraries.add(file)).toBe(true);
  expect(libraries.find(UUID)).toMatchObject({ word: 4, name: UUID.toUpperCase() });
  writeFileSync(file, fixtureBytes("library.wasm64"));
  expect(libraries.find(UUID)).toMatchObject({ word: 8 });
  rmSync(file);
  expect(libraries.find(UUID)).toBeUndefined();
});

it("what is no library, or has no UUID for its name, is none", () => {
  const libraries = libraryFiles();
  writeFileSync(join(folder, `${UUID}.wasm`), fixtureBytes("loader.wasm32"));
  writeFileSync(join(folder, "library.wasm"), fixtureBytes("library.wasm32"));
  expect(libraries.add(join(folder, `${UUID}.wasm`))).toBe(false);
  expect(libraries.add(join(folder, "library.wasm"))).toBe(false);
  expect(libraries.add(join(folder, "none.wasm"))).toBe(false);
});

it("a folder may have libraries beside its TAs", () => {
  const both = mkdtempSync(join(folder, "both-"));
  writeFileSync(join(both, `${UUID}.wasm`), fixtureBytes("library.wasm32"));
  writeFileSync(join(both, "loader.wasm"), fixtureBytes("loader.wasm32"));
  const apps = withOwnTas([both], [], {}, () => {});
  if (!apps.ok) throw new Error(apps.error);
  expect([...bootTest("", undefined, apps.value.apps).core.apps.values()].map(({ name }) => name)).toEqual(["loader"]);
});
