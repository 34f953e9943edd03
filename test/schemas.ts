// Makes the files of docs/schemas of the table of schemas.
import { toJsonSchema } from "@valibot/to-json-schema";
import { DESCRIBED, SHARED } from "../src/cli/schemas/described.ts";

type Json = Readonly<Record<string, unknown>>;

/** The text of each file, by its name without `.schema.json`. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(DESCRIBED).map(([name, { command, schema }]) => {
      const others = Object.entries(SHARED).filter(([, one]) => one !== schema);
      const made: Json = {
        ...toJsonSchema(schema, { target: "draft-2020-12", definitions: Object.fromEntries(others) }),
      };
      const { $schema, $defs, ...rest } = made;
      const head = { $schema, $id: `urn:teemem:schema:${name}`, title: `teemem ${command}` };
      const used = usedOf(rest, $defs as Json);
      return [name, `${JSON.stringify({ ...head, ...rest, ...used }, null, 2)}\n`];
    }),
  );
}

/** The definitions that a schema refers to, directly or through others. */
function usedOf(schema: Json, definitions: Json): { $defs?: Json } {
  const used = new Set<string>();
  const look = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      look(definitions[name]);
    }
  };
  look(schema);
  const found = Object.entries(definitions).filter(([name]) => used.has(name));
  return found.length === 0 ? {} : { $defs: Object.fromEntries(found) };
}
