// Tests of the order of a table's rows.
import { expect, test } from "vitest";
import { type SortColumn, sortedRows } from "./sort_rows.ts";

interface Row {
  readonly name: string;
  readonly bytes: number;
}

const rows: Row[] = [
  { name: "ecb.c", bytes: 10 },
  { name: "hash.c", bytes: 30 },
  { name: "Aes.c", bytes: 20 },
];
const columns: SortColumn<Row>[] = [
  { title: "bytes", of: ({ bytes }) => bytes },
  { title: "name", of: ({ name }) => name },
];
const names = (filter: string, column: number, turned: boolean) =>
  sortedRows(rows, ({ name }) => name, columns, filter, { column, turned }).map(({ name }) => name);

test("numbers begin with the largest, texts with A, and both turn round", () => {
  expect(names("", 0, false)).toEqual(["hash.c", "Aes.c", "ecb.c"]);
  expect(names("", 0, true)).toEqual(["ecb.c", "Aes.c", "hash.c"]);
  expect(names("", 1, false)).toEqual(["Aes.c", "ecb.c", "hash.c"]);
});

test("a filter leaves those whose name has it, in any case", () => {
  expect(names(" AES ", 0, false)).toEqual(["Aes.c"]);
  expect(names("nothing", 0, false)).toEqual([]);
});

test("no column keeps the order, and nothing is changed in place", () => {
  expect(names("", 9, false)).toEqual(["ecb.c", "hash.c", "Aes.c"]);
  expect(rows[0]?.name).toBe("ecb.c");
});
