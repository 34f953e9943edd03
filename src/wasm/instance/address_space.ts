// What a TA maps while it runs, in its own memory: zeros for itself, or such as it may pass to other TAs.
import type { AddressSpace } from "../../tee/kernel/address_space.ts";
import type { ByteSpan } from "./c_memory.ts";
import { type Space, without } from "./space.ts";

/** `shareable` holds what the TA may pass on. */
export function addressSpace(
  space: Space,
  shareable: ByteSpan[],
  libraries: Pick<AddressSpace, "openLibrary" | "symbol">,
): AddressSpace {
  return {
    map(request, isShareable) {
      const at = space.map(request);
      if (at !== 0 && isShareable) shareable.push({ from: at, to: at + request.bytes });
      return at;
    },
    unmap(at, bytes) {
      space.unmap(at, bytes);
      const gone = { from: at, to: at + bytes };
      shareable.splice(0, shareable.length, ...shareable.flatMap((span) => without(span, gone)));
    },
    ...libraries,
  };
}
