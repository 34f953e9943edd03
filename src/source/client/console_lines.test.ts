// The secure console around `xtest --stats`, as 4.0.0, 4.5.0 and 4.10.0 printed it; addresses of sessions are the board's own.
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { createClient } from "../../tee/kernel/client.ts";
import { askAlloc, askPager, askTas } from "./stats_client.ts";

const STATS = "d96a5b40-e2c7-b1af-8794-1002a5d5c61b";

const CAPTURED = {
  "4.0.0": {
    pager: [
      `D/TC:? 0 tee_ta_init_pseudo_ta_session:297 Lookup pseudo TA ${STATS}`,
      "D/TC:? 0 tee_ta_init_pseudo_ta_session:310 Open stats.ta",
      `D/TC:? 0 tee_ta_init_pseudo_ta_session:327 stats.ta : ${STATS}`,
      "D/TC:? 0 tee_ta_close_session:468 csess 0xN id 1",
      "D/TC:? 0 tee_ta_close_session:487 Destroy session",
    ],
    alloc: [
      `D/TC:? 0 tee_ta_init_session_with_context:566 Re-open TA ${STATS}`,
      "E/TC:? 0 get_alloc_stats:103 public DDR not managed by secure side anymore",
      "E/TC:? 0 get_alloc_stats:121 Wrong pool id",
      "D/TC:? 0 tee_ta_close_session:468 csess 0xN id 1",
      "D/TC:? 0 tee_ta_close_session:487 Destroy session",
    ],
    ta: [
      `D/TC:? 0 tee_ta_init_session_with_context:566 Re-open TA ${STATS}`,
      "D/TC:? 0 get_user_ta_stats:182 tee_ta_dump_stats return: 0xffff0008",
      "D/TC:? 0 tee_ta_invoke_command:796 Error: ffff0008 of 4",
      "D/TC:? 0 tee_ta_close_session:468 csess 0xN id 1",
      "D/TC:? 0 tee_ta_close_session:487 Destroy session",
    ],
  },
  "4.5.0": {
    pager: [
      `D/TC:? 0 tee_ta_init_pseudo_ta_session:303 Lookup pseudo TA ${STATS}`,
      "D/TC:? 0 tee_ta_init_pseudo_ta_session:315 Open stats.pta",
      `D/TC:? 0 tee_ta_init_pseudo_ta_session:330 stats.pta : ${STATS}`,
      "D/TC:? 0 tee_ta_close_session:461 csess 0xN id 1",
      "D/TC:? 0 tee_ta_close_session:480 Destroy session",
    ],
    alloc: [
      `D/TC:? 0 tee_ta_init_session_with_context:561 Re-open trusted service ${STATS}`,
      "E/TC:? 0 get_alloc_stats:69 public DDR not managed by secure side anymore",
      "E/TC:? 0 get_alloc_stats:87 Wrong pool id",
      "E/TC:? 0 get_alloc_stats:87 Wrong pool id",
      "D/TC:? 0 tee_ta_close_session:461 csess 0xN id 1",
      "D/TC:? 0 tee_ta_close_session:480 Destroy session",
    ],
    // Built without CFG_TA_STATS.
    ta: [
      `D/TC:? 0 tee_ta_init_session_with_context:561 Re-open trusted service ${STATS}`,
      "D/TC:? 0 tee_ta_invoke_command:802 Error: ffff000a of 4",
      "D/TC:? 0 tee_ta_close_session:461 csess 0xN id 1",
      "D/TC:? 0 tee_ta_close_session:480 Destroy session",
    ],
  },
  "4.10.0": {
    pager: [
      `D/TC:? 0 tee_ta_init_pseudo_ta_session:303 Lookup pseudo TA ${STATS}`,
      "D/TC:? 0 tee_ta_init_pseudo_ta_session:315 Open stats.pta",
      `D/TC:? 0 tee_ta_init_pseudo_ta_session:330 stats.pta : ${STATS}`,
      "D/TC:? 0 tee_ta_close_session:513 id 1",
      "D/TC:? 0 tee_ta_close_session:527 Destroy session",
    ],
    alloc: [
      `D/TC:? 0 tee_ta_init_session_with_context:570 Re-open trusted service ${STATS}`,
      "E/TC:? 0 get_alloc_stats:71 public DDR not managed by secure side anymore",
      "D/TC:? 0 tee_ta_close_session:513 id 1",
      "D/TC:? 0 tee_ta_close_session:527 Destroy session",
    ],
    ta: [
      `D/TC:? 0 tee_ta_init_session_with_context:570 Re-open trusted service ${STATS}`,
      "D/TC:? 0 tee_ta_invoke_command:831 Error: ffff000a of 4",
      "D/TC:? 0 tee_ta_close_session:513 id 1",
      "D/TC:? 0 tee_ta_close_session:527 Destroy session",
    ],
  },
} as const;

it.each(Object.entries(CAPTURED))("of %s", async (version, { pager, alloc, ta }) => {
  const { core, lines } = bootTest(`CFG_TA_STATS=${version === "4.0.0" ? "y" : "n"}`, version);
  const client = createClient(core);
  const printed = (): string[] => lines().map((line) => line.replace(/csess 0x[\da-f]+/, "csess 0xN"));
  printed();
  await askPager(client);
  expect(printed()).toEqual(pager);
  await askAlloc(client);
  expect(printed()).toEqual(alloc);
  await askTas(client, core.release);
  expect(printed()).toEqual(ta);
});
