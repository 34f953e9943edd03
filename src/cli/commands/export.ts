// `teemem export`: writes a recording for other tools.
import { type Command, Option } from "commander";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { ExportFormat } from "../../export/format.ts";
import { FORMATS } from "../../export/formats.ts";
import { type Selection, selectRows } from "../../export/selection.ts";
import type { Recording } from "../../recording/recording.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { overwrites } from "../inputs/same_file.ts";
import { openExport } from "../outputs/export_file.ts";
import { suggestOrList } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { ownVersion } from "../outputs/own_version.ts";
import { createProgress } from "../outputs/progress.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import { matchesHeap, noHeapIn } from "../systems/heap_name.ts";

/** Options of `teemem export` as they were given. */
interface Options {
  readonly format: string;
  readonly output: string;
  readonly force?: boolean;
  readonly heap?: string;
  readonly mark?: string;
  readonly at: "peak" | "end";
  readonly samples?: boolean;
}

const WIDTH = Math.max(...FORMATS.map(({ name }) => name.length));

const EXAMPLES = `
Formats:
${FORMATS.map(({ name, summary }) => `  ${name.padEnd(WIDTH)}  ${summary}`).join("\n")}

FILE is a recording of 'teemem record', a heap trace or a log; - is standard
input. Several heaps go into one file, merged by time. Sizes are bytes with
block headers, as OP-TEE counts them. A file whose name ends with .gz is
gzipped; pprof always is, and so is heaptrack on standard output; parquet
never is.
docs/export.md describes each format, 'teemem schema export' each field of json.

Examples:
  teemem export demo:core --format pprof -o core.pb.gz
  go tool pprof -top core.pb.gz         call sites at the peak
  go tool pprof -http : core.pb.gz      the same in a browser, as a flame graph
  teemem export demo:core -f heaptrack -o core.ht.gz
  heaptrack_print core.ht.gz
  teemem export demo:core -f massif -o core.massif \\
    --mark pkcs11-1007
  ms_print core.massif
  teemem export demo:core -f firefox -o core.json.gz
  teemem export demo:all -f perfetto -o all.json.gz
  teemem export demo:core -f csv | head
  teemem export run.arrows -f sarif -o leaks.sarif
                                        for code scanning: leaks, damage
  teemem export demo:all -f parquet -o all.parquet
  duckdb -c "SELECT heap, max(allocated) FROM 'all.parquet' GROUP BY heap"
`;

/** Arguments, options and examples of `teemem export`. */
export function declare(command: Command): void {
  command
    .argument("<FILE...>", "a recording, or several files that form one; - reads standard input")
    .addOption(
      new Option("-f, --format <format>", "the format to write")
        .choices(FORMATS.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option("-o, --output <file>", "the file to write; - is standard output", "-")
    .option("--force", "overwrite an existing file")
    .option("--heap <name>", "only this heap: core, ldelf, a TA's name, or the beginning of its UUID")
    .option("--mark <mark>", "only the events of this mark (test or command)")
    .addOption(
      new Option("--at <moment>", "pprof: which blocks count as in use: those at the peak, or those never freed")
        .choices(["peak", "end"])
        .default("peak"),
    )
    .option("--samples", "csv, parquet: write the counters over time instead of the operations")
    .addHelpText("after", EXAMPLES);
}

/** Writes a recording in a format that other tools read. */
export async function run(paths: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  const format = FORMATS.find(({ name }) => name === options.format);
  if (format === undefined) return err(`unknown format '${clip(options.format)}'`);
  if (options.samples && format.counters !== "on request") return err("--samples goes with --format csv or parquet");
  const zipped = isZipped(format, options.output);
  if ((zipped || format.gzip === "never") && options.output === "-" && io.out.isTerminal)
    return err(`${format.name} output is binary; write it to a file with -o, or add > FILE`);
  const lost = overwrites(options.output, paths);
  if (lost !== null) return err(lost);
  const recording = await readRecordings(paths, io);
  if (!recording.ok) return recording;
  writeReadNote(recording.value.read, io.err);
  const selection = select(recording.value, format, options);
  if (!selection.ok) return selection;
  const file = openExport(options.output, { zipped, force: options.force === true }, io.out);
  if (!file.ok) return file;
  const progress = createProgress(io.err, io.clock);
  const onRows = (rows: number): void => progress.show(`writing ${format.name}`, rows, selection.value.rows);
  const { at, samples = false } = options;
  const chunks = format.chunks(selection.value, { at, samples, version: ownVersion(), onRows });
  try {
    for (const chunk of chunks) await file.value.write(chunk);
    await file.value.end();
  } catch (error) {
    file.value.discard();
    throw error;
  }
  progress.clear();
  return ok(0);
}

function isZipped({ gzip }: ExportFormat, path: string): boolean {
  if (gzip === "never") return false;
  return gzip === "always" || path.endsWith(".gz") || (gzip === "usually" && path === "-");
}

function select(recording: Recording, format: ExportFormat, { heap, mark, samples }: Options): Result<Selection> {
  const contexts = recording.traces.map(({ context }) => context);
  const selection = selectRows(recording, {
    heap: (context) => matchesHeap(context, heap),
    ...(mark === undefined ? {} : { mark }),
  });
  if (!selection.ok) {
    const names = recording.traces.flatMap(({ marks }) => marks.map(({ name }) => name));
    return err(`${selection.error}${suggestOrList(mark ?? "", names)}`);
  }
  const counters = recording.samples.length > 0;
  if (samples === true)
    return counters ? selection : err(`${clip(recording.origin)}: it has no samples of counters; leave out --samples`);
  if (selection.value.rows > 0 || (format.findings && recording.findings?.length)) return selection;
  if (selection.value.heaps.length > 0 && mark !== undefined)
    return err(`${clip(recording.origin)}: no heap operation in '${clip(mark)}'`);
  if (heap !== undefined && contexts.length > 0) return err(noHeapIn("this recording", heap, contexts));
  if (!counters) return err(`${clip(recording.origin)}: nothing recorded to export`);
  if (format.counters === "always") return selection;
  return err(
    `${clip(recording.origin)}: only counters, no heap operations: --format perfetto and json show them, csv and parquet with --samples`,
  );
}
