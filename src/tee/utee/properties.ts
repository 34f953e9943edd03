// Properties by name: those that the library answers itself, then those of the core. OP-TEE 4.0.0
// lib/libutee/user_ta_entry.c and tee_api_property.c.
import { TEE } from "../../abi/errors.ts";
import type { Core } from "../kernel/core.ts";
import type { TaInstance } from "../kernel/ta_instance.ts";
import type { Syscalls } from "../svc/calls/syscalls.ts";
import { PROPERTY_SET } from "../svc/system/properties.ts";

/** What a property may be. An identity is its login and its UUID, with a colon between them; a block of bytes is Base64. */
type PropertyValue = string | number | boolean;

const OWN: Readonly<Record<string, (core: Core, instance: TaInstance) => PropertyValue>> = {
  "gpd.ta.singleInstance": (_, { app }) => app.flags.singleInstance,
  "gpd.ta.multiSession": (_, { app }) => app.flags.multiSession,
  "gpd.ta.instanceKeepAlive": (_, { app }) => app.flags.keepAlive,
  "gpd.ta.dataSize": (_, { app }) => app.layout.heapLength,
  "gpd.ta.stackSize": (core, { app }) => app.layout.stackPages * core.taRam.granule,
  "gpd.tee.arith.maxBigIntSize": () => 2048,
};

/** A property by its standard name; undefined for an unknown one. */
export function propertyOf(core: Core, instance: TaInstance, svc: Syscalls, name: string): PropertyValue | undefined {
  if (Object.hasOwn(OWN, name)) return OWN[name]?.(core, instance);
  for (const set of [PROPERTY_SET.TA, PROPERTY_SET.CLIENT, PROPERTY_SET.TEE]) {
    const { code, index } = svc.getPropertyNameToIndex(set, name);
    const value = code === TEE.SUCCESS ? svc.getProperty(set, index)?.value : undefined;
    if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
    if (value !== undefined) return typeof value === "object" ? `${value.login.toString(16)}:${value.uuid}` : value;
  }
  return undefined;
}
