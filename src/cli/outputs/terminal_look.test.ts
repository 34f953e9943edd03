// Tests of what an environment says of a terminal: colours, links, ASCII, width.
import { describe, expect, test } from "vitest";
import { hasColours, hasLinks, isAsciiOnly, widthOf } from "./terminal_look.ts";

const TERMINAL = { isTTY: true, columns: 132, hasColors: (): boolean => true };
const PIPE = {};

describe("width", () => {
  test.each([
    [TERMINAL, {}, 132],
    [PIPE, {}, 80],
    [PIPE, { COLUMNS: "100" }, 100],
    [TERMINAL, { COLUMNS: "100" }, 100],
    [PIPE, { COLUMNS: "12" }, 40],
    [PIPE, { COLUMNS: "5000" }, 200],
    [PIPE, { COLUMNS: "wide" }, 80],
    [PIPE, { COLUMNS: "0" }, 80],
    [{ isTTY: true, columns: 0 }, {}, 80],
    [{ isTTY: true, columns: 20 }, {}, 40],
  ])("of %j in %j is %i", (stream, env, width) => expect(widthOf(stream, env)).toBe(width));
});

describe("colours", () => {
  test.each([
    [TERMINAL, {}, true],
    [PIPE, {}, false],
    [TERMINAL, { NO_COLOR: "1" }, false],
    [TERMINAL, { NO_COLOR: "" }, true],
    [PIPE, { FORCE_COLOR: "1" }, true],
    [PIPE, { FORCE_COLOR: "" }, true],
    [PIPE, { FORCE_COLOR: "3" }, true],
    [TERMINAL, { FORCE_COLOR: "0" }, false],
    [TERMINAL, { FORCE_COLOR: "false" }, false],
    [PIPE, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    [{ isTTY: true, hasColors: (): boolean => false }, {}, false],
  ])("of %j in %j: %s", (stream, env, colours) => expect(hasColours(stream, env)).toBe(colours));

  test("with FORCE_COLOR are those of Node itself", async () => {
    const { WriteStream } = await import("node:tty");
    for (const FORCE_COLOR of ["", "0", "1", "2", "3", "true", "false", "x"])
      expect([FORCE_COLOR, hasColours(PIPE, { FORCE_COLOR })]).toEqual([
        FORCE_COLOR,
        WriteStream.prototype.getColorDepth({ FORCE_COLOR }) > 1,
      ]);
  });
});

test.each([
  [{}, false],
  [{ LANG: "C" }, true],
  [{ LANG: "en_GB.UTF-8" }, false],
  [{ LANG: "C.utf8" }, false],
  [{ LANG: "de_DE@euro" }, true],
  [{ LC_ALL: "POSIX", LANG: "en_GB.UTF-8" }, true],
  [{ LC_ALL: "", LC_CTYPE: "C", LANG: "en_GB.UTF-8" }, true],
  [{ LC_ALL: "en_GB.UTF-8", LANG: "C" }, false],
  [{ TERM: "linux", LANG: "en_GB.UTF-8" }, true],
])("%j has only ASCII: %s", (env, ascii) => expect(isAsciiOnly(env)).toBe(ascii));

test.each([
  [TERMINAL, {}, false],
  [TERMINAL, { TERM: "xterm-kitty" }, true],
  [TERMINAL, { VTE_VERSION: "7006" }, true],
  [TERMINAL, { VTE_VERSION: "4600" }, false],
  [TERMINAL, { TERM: "xterm-kitty", NO_COLOR: "1" }, false],
  [TERMINAL, { TERM: "xterm-kitty", CI: "true" }, false],
  [TERMINAL, { TERM: "xterm-kitty", FORCE_HYPERLINK: "0" }, false],
  [PIPE, { TERM: "xterm-kitty" }, false],
  [PIPE, { FORCE_HYPERLINK: "1" }, true],
  [TERMINAL, { FORCE_HYPERLINK: "", TERM_PROGRAM: "WezTerm" }, true],
])("links of %j in %j: %s", (stream, env, links) => expect(hasLinks(stream, env)).toBe(links));
