// Names of bundled files, and what stays as it was typed.
import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { packagePath } from "../package/package_path.ts";
import { shortName, withDemoFiles } from "./demo_files.ts";

function pathsOf(...words: string[]): readonly string[] {
  const found = withDemoFiles(words);
  expect(found).toMatchObject({ ok: true });
  return found.ok ? found.value : [];
}

test("a name becomes the path of a file, also behind file:, and messages call the file by the name", () => {
  const [command, path = "", source] = pathsOf("report", "demo:core", "file:demo:core");
  expect([command, basename(path), source]).toEqual(["report", "core.trace.gz", `file:${path}`]);
  expect(shortName(path)).toBe("demo:core");
  for (const name of ["demo:core-heap", "demo:edge-sizes", "demo:ta-5dbac793-f574-4871-8ad3-04331ec17f24"]) {
    const [one = ""] = pathsOf(name);
    expect([existsSync(one), shortName(one)]).toEqual([true, name]);
  }
});

test("demo:all is every heap trace of the recorded run", () => {
  const traces = readdirSync("data/optee-4.0.0").filter((name) => name.endsWith(".trace.gz"));
  expect(pathsOf("demo:all").map((path) => basename(path))).toEqual(traces);
});

test("other words stay, and so does what another program gets", () => {
  const words = ["--heap=demo:core", "data/demo:core", "mydemo:core", "--", "cat", "demo:core"];
  expect(pathsOf(...words)).toEqual(words);
  for (const path of ["run.arrows", "data/optee-4.0.0/core.trace.gz", "-", packagePath("package.json")])
    expect(shortName(path)).toBe(path);
});

test("a name that no file has is an error that says what was meant", () => {
  expect(withDemoFiles(["demo:ldelff"])).toEqual({
    ok: false,
    error: expect.stringMatching(/^no bundled file 'demo:ldelff'; did you mean demo:ldelf, /),
  });
  const far = withDemoFiles(["demo:../../etc/passwd"]);
  expect(far).toEqual({ ok: false, error: expect.stringContaining("demo:all is every heap of the recorded run") });
});
