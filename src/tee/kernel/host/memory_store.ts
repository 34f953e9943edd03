// Keeps persistent objects in memory.
import { ok } from "../../../base/result.ts";
import { idBytes, idText, type ObjectStore } from "./object_store.ts";

/** A store that lasts as long as the program. It never fails. */
export function createMemoryStore(): ObjectStore {
  const owners = new Map<string, Map<string, Uint8Array>>();
  const of = (uuid: string): Map<string, Uint8Array> => {
    const known = owners.get(uuid) ?? new Map<string, Uint8Array>();
    owners.set(uuid, known);
    return known;
  };
  return {
    read: (uuid, id) => ok(of(uuid).get(idText(id))?.slice() ?? null),
    write(uuid, id, bytes) {
      of(uuid).set(idText(id), bytes.slice());
      return ok(undefined);
    },
    remove(uuid, id) {
      of(uuid).delete(idText(id));
      return ok(undefined);
    },
    rename(uuid, from, to) {
      const objects = of(uuid);
      const bytes = objects.get(idText(from));
      if (bytes !== undefined) objects.set(idText(to), bytes);
      objects.delete(idText(from));
      return ok(undefined);
    },
    list: (uuid) => ok([...of(uuid).keys()].sort().map(idBytes)),
  };
}
