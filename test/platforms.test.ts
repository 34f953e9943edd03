// The folders in data/platforms: each is whole, has its README.md, and is bundled. 'npm run platforms' writes both anew.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parsePlatform } from "../src/platform/parse_platform.ts";
import { bundledPlatform, PLATFORM_NAMES } from "../src/platform/platforms.ts";
import { readmeOf } from "../src/platform/readme.ts";
import {
  allModule,
  moduleName,
  PLATFORMS_FOLDER,
  platformFiles,
  platformFolders,
  platformModule,
} from "./support/platform_files.ts";

const BUNDLED = fileURLToPath(new URL("../src/platform/bundled", import.meta.url));
const HOW = "data/platforms changed: write what is made of it anew with 'npm run platforms', and read the difference";
const names = platformFolders();

describe.each(names)("platform %s", (name) => {
  it("is whole, and has the name of its folder", () => {
    const platform = parsePlatform(platformFiles(name));
    expect(platform).toMatchObject({ ok: true, value: { name } });
  });

  it("has a README.md of what was measured, inferred, and is missing", async () => {
    const platform = parsePlatform(platformFiles(name));
    if (!platform.ok) throw new Error(platform.error);
    await expect(readmeOf(platform.value), HOW).toMatchFileSnapshot(`${PLATFORMS_FOLDER}/${name}/README.md`);
  });

  it("is bundled as it is", async () => {
    await expect(platformModule(name), HOW).toMatchFileSnapshot(`${BUNDLED}/${moduleName(name)}.ts`);
  });
});

it("all are bundled, and no other", async () => {
  await expect(allModule(names), HOW).toMatchFileSnapshot(`${BUNDLED}/all.ts`);
  expect(readdirSync(BUNDLED).sort()).toEqual(["all.ts", ...names.map((name) => `${moduleName(name)}.ts`)].sort());
  expect([...PLATFORM_NAMES].sort()).toEqual(names);
  for (const name of names) expect(bundledPlatform(name)?.name).toBe(name);
  expect(bundledPlatform("constructor")).toBeNull();
});
