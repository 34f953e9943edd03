// Tests of content.ts.
import { expect, test } from "vitest";
import { looksLike, packedAs } from "./content.ts";

test.each([
  ["QlpoOTFBWSZTWU7s6Dg=", "bzip2", "bzip2 -dc"],
  ["/Td6WFoAAATm1rRGBMA=", "xz", "xz -dc"],
  ["UEsDBBQAAAAIAA==", "a zip archive", "unzip -p"],
])("%s", (base64, name, unpack) => {
  const head = Buffer.from(base64, "base64");
  expect(packedAs(head)).toEqual({ name, unpack });
  expect(looksLike(head)).toBe(name);
});

test("what is not packed", () => {
  const tar = new Uint8Array(512);
  tar.set(Buffer.from("ustar"), 257);
  expect(packedAs(tar)?.name).toBe("a tar archive");
  expect(packedAs(Buffer.from("I/TC: hello"))).toBeUndefined();
  expect(looksLike(Buffer.from("\n\n  hello world\nmore"))).toBe('text that begins with "hello world"');
  expect(looksLike(Buffer.from("\ufeffhello", "utf16le"))).toBe('text that begins with "hello"');
  expect(looksLike(Buffer.from("\u007fELF\u0002"))).toBe("an ELF file");
  expect(looksLike(Uint8Array.from({ length: 99 }, (_, i) => i * 7))).toBe("binary data");
  expect(looksLike(Buffer.from("\n \n"))).toBe("blank lines");
});
