// Tests of virtual_path.ts.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { realDependencies, realText, virtualArguments, withoutDots } from "./virtual_path.ts";

const cwd = mkdtempSync(join(tmpdir(), "teemem-virtual-"));
mkdirSync(join(cwd, "sub"));
for (const name of ["x.c", "x.h", "sub/y.c"]) writeFileSync(join(cwd, name), "");

test("paths of a call lie below one folder, and lose their dots", () => {
  const call = [
    "-I.",
    "-Isub/../inc",
    "-isystem",
    "/usr/include",
    "-o",
    "out/x.o",
    "-MF",
    "x.d",
    "-MT",
    "x.o",
    "-Dx.c",
    "x.c",
  ];
  expect(virtualArguments(call, cwd)).toEqual({
    args: [
      `-I/@${cwd}`,
      `-I/@${cwd}/inc`,
      "-isystem",
      "/usr/include",
      "-o",
      `/@${cwd}/out/x.o`,
      "-MF",
      `/@${cwd}/x.d`,
    ].concat(["-MT", "x.o", "-Dx.c", `/@${cwd}/x.c`]),
    inputs: [cwd, join(cwd, "inc"), "/usr/include", join(cwd, "x.c")],
    outputs: [join(cwd, "out/x.o"), join(cwd, "x.d")],
  });
  expect(virtualArguments(["-ffile-prefix-map=/home/me/=", "nothing.c"], cwd).args).toEqual([
    "-ffile-prefix-map=/@/home/me/=",
    "nothing.c",
  ]);
});

test("messages name files as the user does", () => {
  expect(realText(`/@${cwd}/x.c:1:2: error\n/@/etc/y.h:3`, cwd)).toBe("x.c:1:2: error\n/etc/y.h:3");
  expect(realDependencies(`x.o: /@${cwd}/x.c \\\n  /usr/include/stddef.h \\\n  /@/kit/a.h\n`, cwd)).toBe(
    "x.o: x.c \\\n  /kit/a.h\n",
  );
});

test("an include with dots is looked for in the folders of the call, too", () => {
  expect(withoutDots('#include "../x.h"\n', "/nowhere/deep/y.c", ["/none", join(cwd, "sub")])).toBe(
    `#include "/@${cwd}/x.h"\n`,
  );
});

test("an include with dots names its file, which the package could not find", () => {
  const text = '#include "../x.h"\n#include "../none.h"\n#include <../x.h>\n';
  expect(withoutDots(text, join(cwd, "sub/y.c"), [])).toBe(
    `#include "/@${cwd}/x.h"\n#include "../none.h"\n#include <../x.h>\n`,
  );
});
