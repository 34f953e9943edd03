// The package's door `teemem/node`: what a trusted OS takes from Node.js.
export { nodeCrypto } from "./crypto.ts";
export { createFolderStore } from "./object_store.ts";
export { openStorageFolder } from "./storage_folder.ts";
