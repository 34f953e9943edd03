// What programs of the normal world say: clients of libteec, also 1.x, optee_examples and xtest.
import { TELLING_WORDS } from "./codes.ts";
import type { FactRow } from "./row.ts";

export const CLIENT_ROWS = [
  {
    kind: "client-failed",
    words: TELLING_WORDS,
    by: "normal",
    form: /TEEC?_[A-Z]|tee_client_|tee_shm_|err|fail|res\b|result|ret\b|rc\b|rv\b|code|status|unexpected|orig/i,
    coded: "telling",
  },
  {
    kind: "call-worked",
    words: ["err_orig"],
    by: "normal",
    form: /\bres(?:ult)?[ =:]{1,3}0x0{1,8} err_orig[ =:]{1,3}0x0\b/,
  },
  // The last lines of xtest.
  {
    kind: "tests-passed",
    words: ["of which 0 failed"],
    by: "normal",
    form: /^(\d{1,6}) test cases? of which 0 failed/,
  },
  {
    kind: "tests-failed",
    words: ["of which"],
    by: "normal",
    form: /^(\d{1,6}) test cases? of which ([1-9]\d{0,5}) failed/,
  },
] as const satisfies readonly FactRow[];
