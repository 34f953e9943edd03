// The schemas of what commands print: the files are what the table makes, and each field has its description.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { schemaFiles } from "./schemas.ts";
import { checkOf } from "./support/json_schema.ts";

const FOLDER = fileURLToPath(new URL("../docs/schemas/", import.meta.url));
const FILES = schemaFiles();

describe.each([...FILES])("%s", (name, text) => {
  it("is in docs/schemas", async () => {
    const message = "a schema changed: write the files anew with 'npm run schemas'";
    await expect(text, message).toMatchFileSnapshot(`${FOLDER}${name}.schema.json`);
  });

  it("is a JSON Schema, without keywords that are unknown", () => {
    expect(() => checkOf(JSON.parse(text))).not.toThrow();
  });

  it("says what each field means, and has only closed objects", () => {
    expect(undescribed(JSON.parse(text))).toEqual([]);
  });
});

it("there is no other file", () => {
  const names = readdirSync(FOLDER).map((file) => file.replace(".schema.json", ""));
  expect(names.filter((name) => !FILES.has(name))).toEqual([]);
});

it("docs/json.md lists each file, with its command", () => {
  const page = readFileSync(`${FOLDER}../json.md`, "utf8");
  const rows = [...page.matchAll(/^\| `([^`]+)` \| \[[^\]]+\]\(schemas\/([a-z_]+)\.schema\.json\) \|$/gm)];
  const told = rows.map(([, title, name]) => [name, title]);
  expect(told).toEqual(Array.from(FILES, ([name, text]) => [name, JSON.parse(text).title]).sort());
});

it("what is open, or has no description, is found", () => {
  const open = { type: "object", properties: { a: { type: "string" }, b: { $ref: "#/$defs/c" } } };
  expect(
    undescribed({
      anyOf: [open],
      $defs: { c: { type: "object", description: "Described.", additionalProperties: false } },
    }),
  ).toEqual(["$.anyOf[0]: open", "$.anyOf[0].a: no description"]);
});

type Json = Readonly<Record<string, unknown>>;

/** Fields without a description, and objects that take any field. */
function undescribed(schema: unknown, path = "$"): string[] {
  if (Array.isArray(schema)) return schema.flatMap((one, n) => undescribed(one, `${path}[${n}]`));
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, $defs, additionalProperties, type, enum: _enum, required, ...rest } = schema as Json;
  const fields = Object.entries({ ...(properties as Json), ...($defs as Json) });
  const open = type === "object" && (additionalProperties === undefined || additionalProperties === true);
  return [
    ...(open ? [`${path}: open`] : []),
    ...fields.flatMap(([name, field]) => [
      ...(isDescribed(field as Json) ? [] : [`${path}.${name}: no description`]),
      ...undescribed(field, `${path}.${name}`),
    ]),
    ...(typeof additionalProperties === "object" ? undescribed(additionalProperties, `${path}.*`) : []),
    ...Object.entries(rest).flatMap(([key, value]) => undescribed(value, `${path}.${key}`)),
  ];
}

/** A reference, or each form of a field, may have it in its place. */
function isDescribed(field: Json): boolean {
  if (typeof field.description === "string") return field.description.length > 2;
  if (Array.isArray(field.anyOf)) return field.anyOf.every((one: Json) => one.type === "null" || isDescribed(one));
  return field.$ref !== undefined;
}
