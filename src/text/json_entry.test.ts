// Tests of json_entry.ts.
import { expect, test } from "vitest";
import { jsonEntry } from "./json_entry.ts";

test.each([
  ["Docker", '{"log":"a\\n","stream":"stdout","time":"T"}', { before: "", time: "T", text: "a\n" }],
  ["LAVA", '- {"dt": "T", "lvl": "target", "msg": "a"}', { before: "- ", time: "T", text: "a" }],
  [
    "journald, bytes",
    '{"__REALTIME_TIMESTAMP":"1714999201000001","MESSAGE":[73,47,84]}',
    { before: "", time: "1714999201.000001", text: "I/T" },
  ],
  ["deeper", '{"host":{"name":"b"},"event":{"original":"a"}}', { before: "", time: "", text: "a" }],
  ["one of a list", 'x: {"message":"\\u20ac"},', { before: "x: ", time: "", text: "\u00e2\u0082\u00ac" }],
])("%s", (_, line, entry) => expect(jsonEntry(line)).toEqual(entry));

test.each(['{"a":1}', "{x", "void f() {}", '{"log":3}', '{"MESSAGE":[300]}', '{"log":"a"} b'])("%s is none", (line) =>
  expect(jsonEntry(line)).toBeUndefined(),
);
