// The allocations of OP-TEE 4.0.0's TA library around entry points: lib/libutee/user_ta_entry.c and tcb.c.
import { callSite } from "../../platform/needs.ts";
import type { TaSiteName } from "../../platform/site_names.ts";
import { giveBlock, takeBlock } from "../kernel/blocks.ts";
import type { Core } from "../kernel/core.ts";
import type { TaInstance } from "../kernel/ta_instance.ts";

/** Start-up of the library: the pool of big numbers stays, the search for initializers comes and goes. False: no room. */
export function startLibrary(core: Core, instance: TaInstance): boolean {
  const pool = takeOwn(core, instance, "ta.number_pool");
  const headers = takeOwn(core, instance, "ta.tls");
  const initializers = takeOwn(core, instance, "ta.initializers");
  giveOwn(core, instance, headers, "ta.tls");
  giveOwn(core, instance, initializers, "ta.initializers");
  return pool !== 0 && headers !== 0 && initializers !== 0;
}

/** The search for finalizers, when an instance ends. */
export function stopLibrary(core: Core, instance: TaInstance): void {
  giveOwn(core, instance, takeOwn(core, instance, "ta.tls"), "ta.tls");
}

/** Enters a session in the library's list. Returns its block, or 0. */
export function addSession(core: Core, instance: TaInstance): number {
  return takeOwn(core, instance, "ta.session");
}

/** Takes a session out of the list. */
export function removeSession(core: Core, instance: TaInstance, block: number): void {
  giveOwn(core, instance, block, "ta.session");
}

function takeOwn({ platform }: Core, { heap }: TaInstance, name: TaSiteName): number {
  return takeBlock(heap, callSite(platform, name));
}

function giveOwn({ platform }: Core, { heap }: TaInstance, block: number, name: TaSiteName): void {
  giveBlock(heap, block, callSite(platform, name));
}
