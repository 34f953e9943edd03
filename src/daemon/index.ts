/**
 * A trusted OS behind a Unix socket, its clients and its events. Runs in Node.js.
 *
 * ```ts
 * import { connectDaemon, defaultSocket } from "teemem/daemon";
 *
 * const connection = await connectDaemon(defaultSocket(process.env));
 * console.log(connection.ok ? "connected" : connection.error);
 * ```
 *
 * @module teemem/daemon
 */
// Files of this project import what they need from its own file.
export { createEventDecoder, type EventDecoder } from "./event_decoder.ts";
export type { Patience } from "./link.ts";
export { atBoardPace } from "./pace.ts";
export { type ConnectError, type Connection, connectDaemon } from "./remote_client.ts";
export { type Daemon, startDaemon } from "./server.ts";
export { defaultSocket, type SocketEnvironment } from "./socket_file.ts";
