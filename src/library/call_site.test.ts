// Tests of call_site.ts.
import { expect, test } from "vitest";
import { callerSite, siteInStack } from "./call_site.ts";

test.each([
  ["V8, in a function", "Error\n    at step (file:///home/a/src/game.ts:12:5)\n    at b.js:1:1", "src/game.ts", 12],
  ["V8, at the top", "Error: x\n    at file:///home/a/game.js?v=3:7:15", "a/game.js", 7],
  ["V8, on Windows", "Error\n    at new A (C:\\work\\game.js:3:9)", "work/game.js", 3],
  ["V8, a scope in the path", "Error\n    at f (file:///a/node_modules/@x/y/z.js:4:1)", "y/z.js", 4],
  ["Firefox", "step@http://host:8080/js/game.js:22:9\n@http://host:8080/js/main.js:1:1", "js/game.js", 22],
  ["Safari, at the top", "@http://host/game.js:5:3", "host/game.js", 5],
])("%s", (_, stack, file, line) => expect(siteInStack(stack)).toEqual({ file, line }));

test.each(["", "Error", "Error\n    at native", "a:b:c"])("no call site in %j", (stack) =>
  expect(siteInStack(stack)).toBeUndefined(),
);

test("the caller of a function is found", () => {
  const called = (): unknown => callerSite(called);
  expect(called()).toMatchObject({ file: "library/call_site.test.ts" });
});
