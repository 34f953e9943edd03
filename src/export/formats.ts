// The list of all export formats.
import { csv } from "./csv.ts";
import { firefox } from "./firefox.ts";
import type { ExportFormat } from "./format.ts";
import { heaptrack } from "./heaptrack.ts";
import { json } from "./json.ts";
import { massif } from "./massif.ts";
import { parquet } from "./parquet.ts";
import { perfetto } from "./perfetto.ts";
import { pprof } from "./pprof.ts";
import { sarif } from "./sarif.ts";
import { speedscope } from "./speedscope.ts";

/** Every format, in the order of the help text. */
export const FORMATS: readonly ExportFormat[] = [
  pprof,
  speedscope,
  firefox,
  perfetto,
  heaptrack,
  massif,
  csv,
  parquet,
  json,
  sarif,
];
