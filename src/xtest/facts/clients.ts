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
] as const satisfies readonly FactRow[];
