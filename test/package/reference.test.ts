// The reference of the library, made by typedoc in a fresh clone.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { emptyFolder } from "./shell.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test("npm run docs:api writes a reference, and every public name is documented", ({ skip }) => {
  using folder = emptyFolder();
  expect(folder.sh(`git clone -q '${ROOT}' clone && cd clone && npm ci`)).toMatchObject({ code: 0 });
  // typedoc needs a compiler of its own, so it is no dependency of the project.
  if (folder.sh("npm view typedoc version").code !== 0)
    skip("the registry cannot be reached, and typedoc is fetched from it");
  const { code, out, err } = folder.sh("npm run -s docs:api", "clone");
  expect([code, out + err]).toEqual([0, expect.not.stringContaining("[warning]")]);
  expect(folder.sh("ls docs/api/index.html && git status --short", "clone")).toMatchObject({
    out: "docs/api/index.html\n",
  });
});
