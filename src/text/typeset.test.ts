// Tests of typeset.ts.
import { expect, test } from "vitest";
import { plain } from "./typeset.ts";

const latin = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

test.each([
  ["hyphens and dashes", "a‐b‑c‒d – e — f", "a-b-c-d -- e -- f"],
  ["quotes", "‘a’ ‚b‛ “c”", "'a' 'b' \"c\""],
  ["wide forms", "ＴＡ：　１２～", "TA: 12~"],
  ["ligatures", "buﬀer ﬁle ﬂow aﬃne oﬄine ﬅ ﬆ", "buffer file flow affine offline ft st"],
  ["boxes", "┌─┬━┐│┃║═╔", "+-+-+|||-+"],
])("%s", (_, line, wanted) => expect(plain(latin(line))).toBe(wanted));

test.each(["größer · …", "日本語", "€ à", "[OK] `x`"])("%s stays", (line) =>
  expect(plain(latin(line))).toBe(latin(line)),
);
