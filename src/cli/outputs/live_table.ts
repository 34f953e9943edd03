// Prints a table of commands as they happen.
import { type Printable, printable, shown } from "../../base/printable.ts";
import type { CommandRecord } from "../../tee/monitor/record.ts";
import { drawCommand, drawCommandHead } from "../../view/terminal/command_table.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { liveLines } from "./live_lines.ts";
import type { Output } from "./output.ts";

/** A table of commands that is printed as they happen. */
interface LiveTable {
  add(record: CommandRecord): void;
}

/** A table whose rows are seen at once; a line says whose they are wherever that changes. Calls `gone` if nobody reads, or nothing can be written. */
export function createLiveTable(out: Output, paint: Paint, gone: () => void): LiveTable {
  const put = liveLines(out, gone);
  let last = 0;
  out.gone.addEventListener("abort", gone);
  return {
    add(record) {
      if (last === 0) drawCommandHead(paint).forEach(put);
      if (record.instance !== last) put(paint.dim(shown`${nameOf(record)}, instance ${record.instance}`));
      last = record.instance;
      put(drawCommand(record, paint));
    },
  };
}

/** The name of a TA, its UUID where it has none. */
export function nameOf({ name, uuid }: Pick<CommandRecord, "name" | "uuid">): Printable {
  return printable(name || uuid);
}
