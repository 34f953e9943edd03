// Property sets of the core: OP-TEE 4.0.0 core/tee/tee_svc.c. A property's index is its place in its set; what the TA
// itself declares is known to its library alone.
import { encodeUuid } from "../../../abi/uuid.ts";
import type { Core } from "../../kernel/core.ts";
import { ANYBODY, type Identity } from "../../kernel/identity.ts";
import type { TaEntry } from "../../kernel/user_app.ts";
import { deviceId, endorsementSeed } from "./device_id.ts";

/** Handles that stand for sets: TEE_PROPSET_…. */
export const PROPERTY_SET = { TEE: 0xfffffffd, CLIENT: 0xfffffffe, TA: 0xffffffff } as const;

/** enum user_ta_prop_type. */
const PROPERTY_TYPE = { BOOL: 0, U32: 1, UUID: 2, IDENTITY: 3, STRING: 4, BLOCK: 5 } as const;

/** A property and its value. A UUID is a text. */
export type Property = { readonly name: string } & (
  | { readonly type: typeof PROPERTY_TYPE.BOOL; readonly value: boolean }
  | { readonly type: typeof PROPERTY_TYPE.U32; readonly value: number }
  | { readonly type: typeof PROPERTY_TYPE.UUID | typeof PROPERTY_TYPE.STRING; readonly value: string }
  | { readonly type: typeof PROPERTY_TYPE.IDENTITY; readonly value: Identity }
  | { readonly type: typeof PROPERTY_TYPE.BLOCK; readonly value: Uint8Array }
);

/** The properties of a set, in their order; null for a handle that is no set. */
export function propertiesOf(set: number, core: Core, entry: TaEntry): readonly Property[] | null {
  switch (set) {
    case PROPERTY_SET.CLIENT:
      return [
        { name: "gpd.client.identity", type: PROPERTY_TYPE.IDENTITY, value: entry.session.client },
        u32("gpd.client.endian", 0),
      ];
    case PROPERTY_SET.TA:
      return [{ name: "gpd.ta.appID", type: PROPERTY_TYPE.UUID, value: entry.instance.uuid }];
    case PROPERTY_SET.TEE:
      return teeProperties(core, entry);
    default:
      return null;
  }
}

/** A value in memory, as C has it. */
export function encodeProperty(property: Property): Uint8Array {
  switch (property.type) {
    case PROPERTY_TYPE.BOOL:
      return Uint8Array.of(property.value ? 1 : 0);
    case PROPERTY_TYPE.U32:
      return word(property.value);
    case PROPERTY_TYPE.UUID:
      return encodeUuid(property.value);
    case PROPERTY_TYPE.BLOCK:
      return property.value;
    case PROPERTY_TYPE.IDENTITY:
      return Uint8Array.of(...word(property.value.login), ...encodeUuid(property.value.uuid));
    case PROPERTY_TYPE.STRING:
      return new TextEncoder().encode(`${property.value}\0`);
  }
}

function teeProperties(core: Core, { instance }: TaEntry): readonly Property[] {
  const [major, minor] = core.version.split(".");
  return [
    text("gpd.tee.apiversion", "GPD-1.1-dev"),
    text("gpd.tee.description", "OPTEE"),
    { name: "gpd.tee.deviceID", type: PROPERTY_TYPE.UUID, value: deviceId(core.host.crypto) ?? ANYBODY.uuid },
    u32("gpd.tee.systemTime.protectionLevel", 1000),
    u32("gpd.tee.TAPersistentTime.protectionLevel", 100),
    { name: "gpd.tee.cryptography.ecc", type: PROPERTY_TYPE.BOOL, value: true },
    u32("gpd.tee.trustedStorage.antiRollback.protectionLevel", 100),
    text("gpd.tee.trustedos.implementation.version", `Unknown_${major}.${minor}`),
    u32("gpd.tee.trustedos.implementation.binaryversion", 0),
    text("gpd.tee.trustedos.manufacturer", "LINARO"),
    text("gpd.tee.firmware.implementation.version", "FW_IMPL_UNDEF"),
    u32("gpd.tee.firmware.implementation.binaryversion", 0),
    text("gpd.tee.firmware.manufacturer", "FW_MAN_UNDEF"),
    // What the vendor of all our boards adds.
    {
      name: "com.microsoft.ta.endorsementSeed",
      type: PROPERTY_TYPE.BLOCK,
      value: endorsementSeed(core.host.crypto, instance.uuid) ?? new Uint8Array(0),
    },
  ];
}

function text(name: string, value: string): Property {
  return { name, type: PROPERTY_TYPE.STRING, value };
}

function u32(name: string, value: number): Property {
  return { name, type: PROPERTY_TYPE.U32, value };
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
