// Checks data against a JSON Schema, with those keywords alone that our schemas use.

type Schema = Readonly<Record<string, unknown>>;

const NOTES = ["$schema", "$defs", "title", "description"];

/** What does not fit, a line each with its path; none where all does. */
export function misfits(value: unknown, schema: Schema, root: Schema = schema, path = "$"): string[] {
  const rules: Readonly<Record<string, () => string[]>> = {
    $ref: () => misfits(value, named(root, String(schema.$ref)), root, path),
    oneOf: () => {
      const tried = (schema.oneOf as Schema[]).map((one) => misfits(value, one, root, path));
      const fits = tried.filter((problems) => problems.length === 0).length;
      return fits === 1 ? [] : [`${path}: fits ${fits} of ${tried.length}`, ...tried.flat()];
    },
    type: () => (typeOf(value).includes(String(schema.type)) ? [] : [`${path}: no ${schema.type}`]),
    const: () => (value === schema.const ? [] : [`${path}: not ${schema.const}`]),
    enum: () => ((schema.enum as unknown[]).includes(value) ? [] : [`${path}: '${value}' is none of ${schema.enum}`]),
    minimum: () => (typeof value !== "number" || value >= Number(schema.minimum) ? [] : [`${path}: too small`]),
    items: () =>
      Array.isArray(value)
        ? value.flatMap((one, n) => misfits(one, schema.items as Schema, root, `${path}[${n}]`))
        : [],
    properties: () =>
      fieldsOf(value).flatMap(([key, one]) => {
        const known = (schema.properties as Readonly<Record<string, Schema>>)[key];
        return known === undefined ? [] : misfits(one, known, root, `${path}.${key}`);
      }),
    required: () =>
      (schema.required as string[]).flatMap((key) =>
        fieldsOf(value).some(([name]) => name === key) ? [] : [`${path}: ${key} is missing`],
      ),
    additionalProperties: () =>
      fieldsOf(value).flatMap(([key]) =>
        key in (schema.properties as object) ? [] : [`${path}: ${key} is not described`],
      ),
  };
  return Object.keys(schema).flatMap((keyword) => {
    if (NOTES.includes(keyword)) return [];
    return rules[keyword]?.() ?? [`${path}: the keyword ${keyword} is not known`];
  });
}

function named(root: Schema, ref: string): Schema {
  return (root.$defs as Readonly<Record<string, Schema>>)[ref.replace("#/$defs/", "")] ?? {};
}

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function typeOf(value: unknown): string[] {
  if (Array.isArray(value)) return ["array"];
  if (Number.isInteger(value)) return ["integer", "number"];
  return [value === null ? "null" : typeof value];
}
