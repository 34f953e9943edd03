// The sockets of an instance, by handle: the lowest free number, as tee-supplicant gives them.
import type { HostSocket } from "../kernel/host/socket_service.ts";
import { type Subsystem, stateOf } from "../kernel/subsystem.ts";
import type { TaInstance } from "../kernel/ta_instance.ts";

const SOCKETS: Subsystem<Map<number, HostSocket>> = { create: () => new Map() };

/** Gives a socket its handle. */
export function addSocket(instance: TaInstance, socket: HostSocket): number {
  const sockets = stateOf(instance, SOCKETS);
  let handle = 0;
  while (sockets.has(handle)) handle++;
  sockets.set(handle, socket);
  return handle;
}

/** The socket of a handle. */
export function socketOf(instance: TaInstance, handle: number): HostSocket | undefined {
  return stateOf(instance, SOCKETS).get(handle);
}

/** Takes a socket out of the table. */
export function dropSocket(instance: TaInstance, handle: number): HostSocket | undefined {
  const socket = socketOf(instance, handle);
  stateOf(instance, SOCKETS).delete(handle);
  return socket;
}

/** Closes what an instance has left open. */
export async function closeSockets(instance: TaInstance): Promise<void> {
  const sockets = stateOf(instance, SOCKETS);
  const open = [...sockets.values()];
  sockets.clear();
  await Promise.all(open.map((socket) => socket.close()));
}
