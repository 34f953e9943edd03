// The whole table of facts: rows in the order in which a line is compared with them.
import { ALLOCATOR_ROWS } from "./allocator.ts";
import { APP_ROWS } from "./apps.ts";
import { BUILD_ROWS } from "./build.ts";
import { CLIENT_ROWS } from "./clients.ts";
import { CORE_REST, CORE_ROWS } from "./core.ts";
import { LINUX_ROWS } from "./linux.ts";
import { LOADER_ROWS } from "./loader.ts";
import { SERVICE_ROWS } from "./services.ts";
import { STORAGE_ROWS } from "./storage.ts";

/** All rows. Those with `otherwise` read what no row before them has read. */
export const ROWS = [
  ...ALLOCATOR_ROWS,
  ...CORE_ROWS,
  ...LOADER_ROWS,
  ...STORAGE_ROWS,
  ...BUILD_ROWS,
  ...LINUX_ROWS,
  ...SERVICE_ROWS,
  ...CLIENT_ROWS,
  ...APP_ROWS,
  ...CORE_REST,
] as const;

/** Kinds of lines that report something. */
export type FactKind = (typeof ROWS)[number]["kind"];
