// Tests of version.ts.
import { expect, test } from "vitest";
import { versionIn } from "./version.ts";

const image = (text: string): Uint8Array => new TextEncoder().encode(`\0\0rubbish version 1\0${text}\0more`);

test.each([
  // Debian's 4.5.0-2 and our own build of 4.10.0, as their memory has it.
  ["Unknown_4.5 (gcc version 14.2.0 (Debian 14.2.0-19)) #1 Fri Jul 11 09:44:01 UTC 2025 aarch64", "4.5"],
  ["Unknown_4.10 (gcc version 12.2.0 (Debian 12.2.0-14)) #1 Sat Nov 28 17:06:00 UTC 2026 aarch64", "4.10"],
  ["4.0.0-12-gabcdef0-dev (gcc version 11.3.1 20220712 (Arm GNU Toolchain)) #7 Mon Jan 1 UTC 2024 arm", "4.0.0"],
  ["4.8.0 (clang version 19.1.0) #1 Mon Jan 1 UTC 2024 aarch64", "4.8.0"],
  ["v4 (gcc version 12) #1", ""],
  ["4.8.0 (gcc version 12.2.0)", ""],
])("%s", (text, version) => {
  expect(versionIn(image(text))).toBe(version);
});
