// The entry point `teemem/node`: what a trusted OS takes from Node.js.
export { asyncify } from "./asyncify/asyncify.ts";
export { nodeCrypto } from "./crypto.ts";
export { nodeHost } from "./host.ts";
export type { Reach } from "./network/reach.ts";
export { nodeSockets } from "./network/sockets.ts";
export { loadPlugins } from "./plugins.ts";
export { openStorageFolder, type StorageFolder } from "./storage_folder.ts";
