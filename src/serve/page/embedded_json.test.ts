// Tests that data in HTML stays data.
import { expect, test } from "vitest";
import { embeddedJson } from "./embedded_json.ts";

test.each(["</script><script>alert(1)</script>", "<!--<script>", "a & b", "\u2028\u2029", "]]>", "\"'`\\"])(
  "%s",
  (text) => {
    const json = embeddedJson({ name: text });
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual({ name: text });
  },
);
