// What a trusted OS takes from Node.js and from this machine.
import type { Host } from "../tee/kernel/core.ts";
import { nodeCrypto } from "./crypto.ts";
import type { Reach } from "./network/reach.ts";
import { nodeSockets } from "./network/sockets.ts";

/** Cryptography, and connections of TAs within `reach`; `refused` hears of each host that is out of it. */
export function nodeHost(
  reach: Reach = "loopback",
  refused?: (host: string) => void,
): Pick<Host, "sockets"> & Required<Pick<Host, "crypto">> {
  return { crypto: nodeCrypto(), sockets: nodeSockets(reach, refused) };
}
