// Every data file has a line that says where it comes from.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const patterns = readFileSync("data/PROVENANCE.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path));

function matches(pattern: string, path: string): boolean {
  const [begin = "", end] = pattern.split("*");
  return end === undefined ? path === pattern : path.startsWith(begin) && path.endsWith(end);
}

const files = readdirSync("data", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative("data", join(entry.parentPath, entry.name)))
  .filter((path) => path !== "PROVENANCE.md");

test("each file under data/ has a line in PROVENANCE.md", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((path) => !patterns.some((pattern) => matches(pattern, path)))).toEqual([]);
});

test("each line has a file", () => {
  expect(patterns.filter((pattern) => !files.some((path) => matches(pattern, path)))).toEqual([]);
});

test("what the container file copies is what the program reads, and it starts that program", () => {
  const lines = readFileSync("deploy/container/Containerfile", "utf8").split("\n");
  const copied = lines.flatMap(
    (line) => /^COPY --from=build \/teemem\/(\S+) \/teemem\/(?:\1)?$/.exec(line)?.slice(1) ?? [],
  );
  expect(copied).toEqual(["package.json", "node_modules", "dist", "data", "device"]);
  expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  const [, entry = "[]"] = /^ENTRYPOINT (.*)$/m.exec(lines.join("\n")) ?? [];
  const [program, file = ""] = JSON.parse(entry) as string[];
  expect([program, existsSync(file.replace("/teemem/", ""))]).toEqual(["node", true]);
});
