// What real boards answered, for the libteec that stands in for one.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The last answers in a file of moments, as the environment of that libteec. */
export function answersOf(name: string): Record<string, string> {
  const file = new URL(`../../fixtures/moments/${name}.gz`, import.meta.url);
  const text = gunzipSync(readFileSync(file)).toString("latin1");
  const last = (field: string): string => text.slice(text.lastIndexOf(` ${field}=`)).split(/[ =\n]/, 3)[2] ?? "";
  return { FAKE_HEAP: last("heap"), FAKE_RAM: last("ram"), FAKE_POOLS: last("pools"), FAKE_TAS: last("tas") };
}
