// The entry point `teemem/node`: what a trusted OS takes from Node.js.
export { nodeCrypto } from "./crypto.ts";
export { openStorageFolder, type StorageFolder } from "./storage_folder.ts";
