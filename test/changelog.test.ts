// Fragments of the changelog are well-formed, and a release collects them.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseFragment, readFragments, release } from "../scripts/changelog.js";

const FRAGMENTS = readFragments(fileURLToPath(new URL("../changelog", import.meta.url)));

describe("fragments of the changelog", () => {
  it.each([...FRAGMENTS])("%s is well-formed", (name, text) => {
    expect(parseFragment(name, text).item).toMatch(/^- /);
  });

  it.each([
    ["7-name.md", "fixed\n\nIt works.\n", "name it like"],
    ["0007-Name.md", "fixed\n\nIt works.\n", "name it like"],
    ["0007-name.md", "Fixed\n\nIt works.\n", "the first line is one of"],
    ["0007-name.md", "fixed\nIt works.\n", "an empty line and the text follow"],
    ["0007-name.md", "fixed\n\n", "an empty line and the text follow"],
    ["0007-name.md", "fixed\n\nA.\nb\nc\nd\ne\nf.\n", "at most 5 lines"],
    ["0007-name.md", "fixed\n\nIt\n\nworks.\n", "no empty line in the text"],
    ["0007-name.md", `fixed\n\n${"Long".repeat(40)}.\n`, "no empty line in the text"],
    ["0007-name.md", "fixed\n\nit works.\n", "whole sentences"],
    ["0007-name.md", "fixed\n\nIt works\n", "whole sentences"],
  ])("%s with %j is refused", (name, text, problem) => {
    expect(() => parseFragment(name, text)).toThrow(problem);
  });
});

describe("a release", () => {
  const changelog =
    "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- An old one\n  in two lines.\n\n## [0.1.0] - 2026-01-01\n\n- All.\n";
  const fragments = new Map([
    ["0002-b.md", "fixed\n\nSecond.\n"],
    ["0001-a.md", "fixed\n\nFirst,\nin two lines.\n"],
    ["0003-c.md", "added\n\nThird.\n"],
  ]);

  it("has what stood under Unreleased and the fragments, by kind and in their order", () => {
    expect(release(changelog, fragments, "0.2.0", "2026-02-03")).toBe(
      "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Added\n\n- Third.\n\n### Fixed\n\n" +
        "- An old one\n  in two lines.\n- First,\n  in two lines.\n- Second.\n\n## [0.1.0] - 2026-01-01\n\n- All.\n",
    );
  });

  it("may be the first", () => {
    const first = changelog.slice(0, changelog.indexOf("\n## [0.1.0]"));
    expect(release(first, new Map(), "0.1.0", "2026-01-01")).toBe(
      "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n### Fixed\n\n- An old one\n  in two lines.\n",
    );
  });

  it("is made once", () => {
    expect(() => release(changelog, fragments, "0.1.0", "2026-02-03")).toThrow("has a release 0.1.0 already");
    expect(() => release("# Changelog\n", fragments, "0.2.0", "2026-02-03")).toThrow("no '## [Unreleased]'");
  });
});
