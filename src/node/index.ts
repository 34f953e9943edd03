/**
 * What a trusted OS takes from Node.js: cryptography, sockets, a folder for persistent objects. Runs in Node.js.
 *
 * ```ts
 * import { nodeHost } from "teemem/node";
 * import { defaultPlatform } from "teemem/platform";
 * import { boot } from "teemem/tee";
 *
 * const core = boot({ platform: defaultPlatform() }, { console() {}, now: Date.now, host: nodeHost() });
 * console.log(core.ok);
 * ```
 *
 * @module teemem/node
 */
// Files of this project import what they need from its own file.
export { asyncify } from "./asyncify/asyncify.ts";
export { nodeCrypto } from "./crypto.ts";
export { nodeHost } from "./host.ts";
export type { Reach } from "./network/reach.ts";
export { nodeSockets } from "./network/sockets.ts";
export { loadPlugins } from "./plugins.ts";
export { openStorageFolder, type StorageFolder } from "./storage_folder.ts";
