// Prints the live blocks of TA instances.
import { holders } from "../../analyze/holders.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, type Printable, printable, shown } from "../../base/printable.ts";
import type { Counters } from "../../malloc/counters.ts";
import type { LiveBlock } from "../../malloc/foreach.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { wrap } from "../../view/terminal/wrap.ts";
import { printLeak } from "../../xtest/leaks.ts";
import type { LiveLeaksJson } from "../schemas/leaks.ts";
import { describedJson } from "./described_json.ts";
import { librarySentence } from "./library_text.ts";
import type { Output } from "./output.ts";

/** What an instance held when it ended, or holds now. */
interface FoundInstance {
  readonly instance: number;
  readonly uuid: string;
  readonly name: string;
  readonly ended: boolean;
  /** True if a panic ended it, so that it could not free them. */
  readonly panicked?: boolean;
  /** True if a call is inside of it. */
  readonly busy?: boolean;
  /** Open sessions. */
  readonly sessions?: number;
  /** The counters of its heap. */
  readonly stats?: Counters;
  readonly blocks: readonly LiveBlock[];
}

/** How they are shown; default as tables. */
export interface LeaksForm {
  readonly json?: boolean;
  /** As `mdbg_check(1)` prints them. */
  readonly console?: boolean;
}

/** Shows the blocks of instances. */
export function printFound(found: readonly FoundInstance[], form: LeaksForm, out: Output): void {
  if (form.json === true) out.writeData(describedJson<LiveLeaksJson>()(found, 2));
  else if (form.console === true)
    for (const { blocks } of found) for (const block of blocks) out.write(printLeak(block, "TA"));
  else {
    const paint = createPaint(out);
    out.write(
      joined(
        found.map((one) => shown`${joined(drawn(one, paint), "\n")}\n`),
        "\n",
      ),
    );
  }
}

function drawn({ instance, name, uuid, ended, panicked, busy, blocks }: FoundInstance, paint: Paint): Printable[] {
  const bytes = blocks.reduce((sum, { size }) => sum + size, 0);
  const end = panicked === true ? "when it panicked" : "when it ended";
  const when = ended ? end : busy === true ? "in the middle of a call" : "still running";
  const sum = shown`${counted(blocks.length, "block")}, ${grouped(bytes)} bytes asked for`;
  const title = shown`${printable(printable(name) || uuid)}, instance ${instance}, ${when}: ${sum}`;
  const sites = holders(
    blocks.map(({ size, file, line }) => ({ size, site: printable(shown`${printable(file)}:${line}`) })),
  );
  const apart = librarySentence(sites);
  return [paint.bold(title), ...drawHolders(sites, paint), ...(apart === "" ? [] : [wrap(apart, paint)])];
}
