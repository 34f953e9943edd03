// The entry point `teemem/daemon`: a trusted OS behind a Unix socket, and its clients.
export { createEventDecoder, type EventDecoder } from "./event_decoder.ts";
export type { Patience } from "./link.ts";
export { atBoardPace } from "./pace.ts";
export { type ConnectError, type Connection, connectDaemon } from "./remote_client.ts";
export { type Daemon, startDaemon } from "./server.ts";
export { defaultSocket, type SocketEnvironment } from "./socket_file.ts";
