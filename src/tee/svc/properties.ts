// Properties of a TA and of the TEE: GlobalPlatform TEE Internal Core API 1.1, 4.4 to 4.7, as OP-TEE 4.0.0 has them.
import type { Core } from "../kernel/core.ts";
import type { TaInstance } from "../kernel/ta_instance.ts";

/** What a property may be. */
type PropertyValue = string | number | boolean;

const PROPERTIES: Readonly<Record<string, (core: Core, instance: TaInstance) => PropertyValue>> = {
  "gpd.ta.appID": (_, { app }) => app.uuid,
  "gpd.ta.singleInstance": (_, { app }) => app.flags.singleInstance,
  "gpd.ta.multiSession": (_, { app }) => app.flags.multiSession,
  "gpd.ta.instanceKeepAlive": (_, { app }) => app.flags.keepAlive,
  "gpd.ta.dataSize": (_, { app }) => app.layout.heapLength,
  "gpd.ta.stackSize": (core, { app }) => app.layout.stackPages * core.taRam.granule,
  "gpd.tee.apiversion": () => "GPD-1.1-dev",
  "gpd.tee.description": (core) => `OP-TEE ${core.version}`,
  "gpd.tee.systemTime.protectionLevel": () => 100,
  "gpd.tee.arith.maxBigIntSize": () => 2048,
};

/** A property by its standard name; undefined for an unknown one. */
export function propertyOf(core: Core, instance: TaInstance, name: string): PropertyValue | undefined {
  return Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name]?.(core, instance) : undefined;
}
