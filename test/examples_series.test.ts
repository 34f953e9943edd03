// Compares the heap series of the examples with the recording.
import { describe, expect, it } from "vitest";
import { PROGRAMS } from "../src/cli/examples/programs.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { EXAMPLES } from "../src/tee/apps/examples.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";
import { difference, fromFirstCommand, type HeapRow, noteRows, recordedRows } from "./support/heap_series.ts";

/** Where upstream copies a line that a TA prints on the secure console: ours print nothing. */
const LOG_LINES = ["core/tee/tee_svc.c:64", "core/tee/tee_svc.c:73"];

/**
 * Rows from the first command on. Not compared: aes, whose buffers of 4096 bytes touch two pages upstream as they do not
 * start at one; acipher, whose series depends on the primes it happens to find; secure_storage and its files.
 */
const ROWS: Readonly<Record<string, number>> = { hello_world: 50, random: 70, hotp: 309 };

describe.each(PROGRAMS.filter(({ name }) => name in ROWS).map((one) => [one.name, one] as const))(
  "%s",
  (name, program) => {
    it("does on both heaps what the recorded one did, but for what its log lines take", async () => {
      const { core } = bootTest("", undefined, EXAMPLES, { crypto: nodeCrypto() });
      const rows = noteRows(core);
      const prepared = program.prepare([]);
      if (!prepared.ok) throw new Error(prepared.error);
      await prepared.value(createClient(core), () => {});
      const series = (all: readonly HeapRow[]): string[] =>
        fromFirstCommand(all.filter(({ place }) => !LOG_LINES.includes(place)));
      const expected = series(recordedRows(`example-${name}`, program.uuid));
      expect(difference(series(rows), expected)).toBeNull();
      expect(expected).toHaveLength(ROWS[name] ?? 0);
    });
  },
);
