// The network of the normal world, which tee-supplicant has on a board.
import type { Result } from "../../../base/result.ts";

/** Why a socket cannot do what it is asked. */
export type SocketFailure =
  /** The time is over. */
  | "timeout"
  /** There is no such host, or TAs may not look for it. */
  | "hostname"
  /** Nobody answers there, or TAs may not connect with it. */
  | "unreachable"
  /** The connection broke. */
  | "broken"
  /** The call was cancelled. */
  | "cancelled"
  /** It has no such command. */
  | "unknown"
  /** The argument is wrong. */
  | "argument";

/** Where to connect. */
export interface Remote {
  readonly protocol: "tcp" | "udp";
  /** IP version; 0 for either. */
  readonly version: 0 | 4 | 6;
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
}

/** Milliseconds that a call waits at most, null for no end; the signal ends it sooner. */
export interface SocketWait {
  readonly timeout: number | null;
  readonly signal: AbortSignal | undefined;
}

/** One connection. */
export interface HostSocket {
  /** Bytes that were sent: all, or at least one. */
  send(data: Uint8Array, patience: SocketWait): Promise<Result<number, SocketFailure>>;
  /**
   * Fills `into` from its start and gives the bytes that there were: 0 once the other side has closed. A datagram is read whole;
   * the number is larger than `into` where it did not fit, and the rest is lost. An empty `into` takes nothing and does not
   * wait: the number is what has arrived.
   */
  receive(into: Uint8Array, patience: SocketWait): Promise<Result<number, SocketFailure>>;
  /** A command with its argument, by the numbers of the sockets' API. */
  control(command: number, argument: Uint8Array): Promise<Result<void, SocketFailure>>;
  /** Ends the connection. */
  close(): Promise<void>;
}

/** Connects TAs with the network. It alone decides with whom. */
export interface SocketService {
  /** Opens a connection of the normal world for a TA. */
  connect(remote: Remote): Promise<Result<HostSocket, SocketFailure>>;
}
