// How a program is called again that npx has started.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { npxWords } from "./npx_words.ts";

const home = mkdtempSync(join(tmpdir(), "teemem-npx-"));
afterAll(() => rmSync(home, { recursive: true }));

/** What npx makes of a package that it fetches. */
function fetched(name: string, manifest: object): string {
  const folder = join(home, "_npx", name);
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return join(folder, "node_modules/.bin/teemem");
}

test("a file that was fetched is named as the folder sees it, a package as it was asked for", () => {
  const file = fetched("a1", {
    dependencies: { teemem: "file:../../lab/teemem.tgz" },
    _npx: { packages: ["./teemem.tgz"] },
  });
  expect(npxWords(file, join(home, "lab"))).toEqual({
    teemem: "npx --yes ./teemem.tgz",
    xtest: "npx --yes -p ./teemem.tgz xtest",
  });
  expect(npxWords(file, join(home, "lab/deep"))?.teemem).toBe("npx --yes ../teemem.tgz");
  expect(npxWords(file, "/")?.teemem).toBe(`npx --yes -p ${home}/lab/teemem.tgz teemem`);
  const asked = fetched("a2", { dependencies: { teemem: "^0.1.0" }, _npx: { packages: ["teemem@0.1"] } });
  expect(npxWords(asked, home)?.teemem).toBe("npx --yes teemem@0.1");
});

test("an installed one is found from below its folder, and nothing else is", () => {
  mkdirSync(join(home, "app/node_modules/.bin"), { recursive: true });
  mkdirSync(join(home, "app/deep/er"), { recursive: true });
  writeFileSync(join(home, "app/node_modules/.bin/teemem"), "");
  expect(npxWords("anything", join(home, "app/deep/er"))?.teemem).toBe("npx teemem");
  expect(npxWords("/usr/bin/teemem", home)).toBeUndefined();
  writeFileSync(join(home, "_npx/a2/package.json"), "{");
  expect(npxWords(join(home, "_npx/a2/node_modules/.bin/teemem"), home)).toBeUndefined();
});
