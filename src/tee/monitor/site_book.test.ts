// Tests of site_book.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { liveBlocks } from "../../malloc/foreach.ts";
import { helloWorld } from "../apps/hello_world.ts";
import { createClient } from "../kernel/client.ts";
import { params } from "../kernel/params.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { createSiteBook } from "./site_book.ts";

const UUID = "00000000-0000-4000-8000-000000000009";
const step = fc.record({
  op: fc.constantFrom("malloc", "realloc", "free"),
  // Beyond 32 KiB is refused, which must leave the old block in the book.
  size: fc.nat(40_000),
  which: fc.nat(),
  line: fc.integer({ min: 1, max: 999 }),
});

it("says what the leak headers say, whatever an application does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const blocks: number[] = [];
      const busy: TrustedApp = {
        ...helloWorld,
        uuid: UUID,
        name: "busy",
        invoke(tee) {
          for (const { op, size, which, line } of steps) {
            const at = blocks.length === 0 ? -1 : which % blocks.length;
            const old = blocks[at] ?? 0;
            const site = `busy.c:${line}`;
            if (op !== "malloc" && old === 0) continue;
            const made =
              op === "malloc" ? tee.malloc(size, 0, site) : op === "realloc" ? tee.realloc(old, size, site) : 0;
            if (op === "free") tee.free(old, site);
            if (op === "free" || (op === "realloc" && made !== 0)) blocks.splice(at, 1);
            if (made !== 0) blocks.push(made);
          }
          return TEE.SUCCESS;
        },
      };
      const { core } = bootTest("CFG_TEE_TA_MALLOC_DEBUG=y", undefined, [busy]);
      const book = createSiteBook(core);
      const client = createClient(core);
      const { session } = await client.open(UUID);
      expect((await client.invoke(session, 0, params())).code).toBe(TEE.SUCCESS);
      const heap = core.instances[0]?.heap;
      if (heap === undefined) throw new Error("it runs");
      for (const { at, file, line } of liveBlocks(heap)) {
        // The pool table is older than the book.
        if (at !== heap.table) expect(book.siteOf(heap, at)).toBe(`${file}:${line}`);
      }
      expect(book.siteOf(core.heap, 0)).toBeNull();
      await client.end();
      expect(book.siteOf(heap, blocks[0] ?? 0)).toBeNull();
      book.close();
      expect([core.observers.size, heap.listener]).toEqual([0, null]);
    }),
    { numRuns: 60 },
  );
});
