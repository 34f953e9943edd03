// The list of the bundled TAs.
import type { TrustedApp } from "../utee/trusted_app.ts";
import { crypt } from "./crypt/crypt.ts";
import { EXAMPLES } from "./examples.ts";
import { keepAlive } from "./keep_alive.ts";
import { leaky } from "./leaky.ts";

/** All TAs bundled: the six examples, that of the tests, the one that stays, and the one that leaks. */
export const BUNDLED: readonly TrustedApp[] = [...EXAMPLES, crypt, keepAlive, leaky];
