// @ts-check
// Reads the leak lists of a secure-console log, with noise and lost bytes in it, and says which call site grew.
import { grew, leakChanges, snapshotOfList, totalOf } from "teemem/analyze";
import { readConsoleLog } from "teemem/xtest";

const LOG = `
I/TC: buffer: 248 bytes core/tee/tee_svc_cryp.c:4203
I/TC: buffer: 24 bytes core/mm/tee_mm.c:192
D/TC:? 0 tee_ta_close_session:513 id 1
[   73.204810] mmc0: new high speed SDHC card at address aaaa
I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935
I/TC: WARNING: no time source
I/TC: buffer: 248 bytes core/tee/tee_svc_cryp.c:4203
I/TC: buffer: 248 bytes core/tee/tee_sv?_cryp.c:4203
* I/TC: buffer: 24 bytes core/mm/tee_mm.c:192
I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935
`;

const { lists } = readConsoleLog(new TextEncoder().encode(LOG));
const snapshots = lists.map((list, n) => snapshotOfList(list, `list ${n + 1}`));
for (const snapshot of snapshots) {
  const { blocks, bytes } = totalOf(snapshot);
  console.log(
    `${snapshot.name} of ${snapshot.heap}: ${bytes} bytes in ${blocks} blocks, ${snapshot.uncertain} not sure`,
  );
}
const [before, after] = snapshots;
if (before === undefined || after === undefined) throw new Error("two lists are needed to compare");
for (const change of leakChanges(before, after))
  console.log(`${grew(change) ? "grew " : "shrank"} ${change.bytes} bytes, ${change.blocks} blocks  ${change.site}`);
