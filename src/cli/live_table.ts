import { joined, type Printable, printable, shown } from "../base/printable.ts";
import type { CommandRecord } from "../tee/monitor/record.ts";
import { drawCommand, drawCommandHead } from "../view/terminal/command_table.ts";
import type { Paint } from "../view/terminal/paint.ts";
import type { Output } from "./output.ts";

/** A table of commands that is printed as they happen. */
export interface LiveTable {
  add(record: CommandRecord): void;
}

/** A table whose rows are seen at once; a line says whose they are wherever that changes. Calls `gone` if nobody reads, or nothing can be written. */
export function createLiveTable(out: Output, paint: Paint, gone: () => void): LiveTable {
  let last = 0;
  out.gone.addEventListener("abort", gone);
  return {
    add(record) {
      if (last === 0) out.write(shown`${joined(drawCommandHead(paint), "\n")}\n`);
      if (record.instance !== last)
        out.write(shown`${paint.dim(shown`${nameOf(record)}, instance ${record.instance}`)}\n`);
      last = record.instance;
      out.write(shown`${drawCommand(record, paint)}\n`);
      out.flush().catch(gone);
    },
  };
}

/** The name of an application, its UUID where it has none. */
export function nameOf({ name, uuid }: Pick<CommandRecord, "name" | "uuid">): Printable {
  return printable(name || uuid);
}
