// `ta_head` and the sizes of a TA: struct ta_head of OP-TEE 4.0.0 lib/libutee/include/user_ta_header.h.
import { decodeUuid, UUID_BYTES } from "../../abi/uuid.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { TaFlags, TaLayout } from "../../tee/kernel/app_facts.ts";
import { type ModuleSection, SECTION } from "../format/sections.ts";
import type { Image } from "./image.ts";

interface TaHead {
  readonly uuid: string;
  readonly flags: TaFlags;
  readonly layout: TaLayout;
}

/** TA_FLAG_… */
const FLAG = { singleInstance: 4, multiSession: 8, keepAlive: 16, cacheMaintenance: 128 } as const;

const NEEDED = ["ta_head", "ta_heap", "ta_heap_size"] as const;

const PAGE = 4096;

/** UUID, flags and sizes. An error for a module that is no TA. */
export function readHeadOfTa(image: Image, sections: readonly ModuleSection[]): Result<TaHead> {
  const missing = NEEDED.filter((name) => image.address(name) === undefined);
  if (missing.length > 0) return err(`the module is no TA: it exports no ${missing.join(", no ")}`);
  const [head, heapBase, heapSize] = NEEDED.map((name) => image.address(name) as number) as [number, number, number];
  const id = image.bytes(head, UUID_BYTES);
  if (id.length < UUID_BYTES) return err("the module is no TA: its ta_head lies outside of its memory");
  const flags = image.u32(head + UUID_BYTES + 4);
  const code = sections.find((section) => section.id === SECTION.code);
  const stack = image.u32(head + UUID_BYTES);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  return ok({
    uuid: decodeUuid(id),
    flags: {
      singleInstance: has(FLAG.singleInstance),
      multiSession: has(FLAG.multiSession),
      keepAlive: has(FLAG.keepAlive),
      cacheMaintenance: has(FLAG.cacheMaintenance),
    },
    layout: {
      textPages: pages(code === undefined ? 0 : code.to - code.from),
      dataPages: pages((image.address("__data_end") ?? image.size) - image.start),
      stackPages: pages(stack),
      heapBase,
      heapLength: image.pointer(heapSize),
    },
  });
}

function pages(bytes: number): number {
  return Math.ceil(Math.max(0, bytes) / PAGE);
}
