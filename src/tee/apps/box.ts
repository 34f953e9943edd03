import type { TrustedApp } from "../ta/trusted_app.ts";
import { EXAMPLES } from "./examples.ts";
import { keepAlive } from "./keep_alive.ts";
import { leaky } from "./leaky.ts";

/** All trusted applications in the box: the six examples, the one that stays, and the one that leaks on purpose. */
export const BOX: readonly TrustedApp[] = [...EXAMPLES, keepAlive, leaky];
