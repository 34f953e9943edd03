// The network of this machine, for TAs.
import type { SocketService } from "../../tee/kernel/host/socket_service.ts";
import { addressesOf, type Reach } from "./reach.ts";
import { connectTcp } from "./tcp_socket.ts";
import { connectUdp } from "./udp_socket.ts";

/** Connects TAs within `reach`; `refused` hears of each host that is out of it, or that has no address. */
export function nodeSockets(reach: Reach, refused: (host: string) => void = () => {}): SocketService {
  return {
    async connect({ protocol, version, host, port }) {
      const addresses = await addressesOf(host, version, reach);
      if (!addresses.ok) {
        refused(host);
        return addresses;
      }
      return protocol === "tcp" ? connectTcp(addresses.value, port) : connectUdp(addresses.value, port, reach);
    },
  };
}
