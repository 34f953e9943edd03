// Checks that the golden data in this project is complete.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NO_SHARED } from "../support/needs.ts";
import { ROOT, readManifest } from "./golden_set.ts";

const OWN = new URL("../../data/golden/", import.meta.url);

test("the part that comes with this project has traces of its own", () => {
  expect(readManifest(OWN).length).toBeGreaterThan(40);
});

test("the part that comes with this project is as in the whole set", (context) => {
  if (ROOT.href === OWN.href) context.skip(NO_SHARED);
  const files = readdirSync(OWN, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== "README.md",
  );
  expect(files.length).toBeGreaterThan(80);
  for (const { parentPath, name } of files) {
    const path = `${parentPath.slice(OWN.pathname.length)}/${name}`.replace(/^\/+/, "");
    expect(readFileSync(new URL(path, OWN)).equals(readFileSync(new URL(path, ROOT))), path).toBe(true);
  }
});
