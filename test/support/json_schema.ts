// Checks data against a JSON Schema, with a validator that is not ours.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** The schema of what a command prints, as users get it: by the name of its file in docs/schemas. */
export function schemaOf(name: string): object {
  const path = fileURLToPath(new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url));
  const schema: object = schemas.get(name) ?? JSON.parse(readFileSync(path, "utf8"));
  schemas.set(name, schema);
  return schema;
}

const schemas = new Map<string, object>();
const checks = new WeakMap<object, ValidateFunction>();

/** What does not fit, a line each with its path; none where all does. */
export function misfits(value: unknown, schema: object): string[] {
  const check = checks.get(schema) ?? checkOf(schema);
  checks.set(schema, check);
  if (check(value)) return [];
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `$${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

/** The check of a schema. Throws where it is none, or has a keyword that is unknown. */
export function checkOf(schema: object): ValidateFunction {
  return new Ajv2020({ strict: true, allErrors: true, strictTuples: false, strictRequired: false }).compile(schema);
}
