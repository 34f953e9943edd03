// Plugins of the normal world, which tee-supplicant loads on a board.

/** What a plugin answers: a TEE code, and how many bytes it says it has written. */
export interface PluginReply {
  readonly code: number;
  readonly size: number;
}

/** Runs code of the user's own in the normal world, for TAs. */
export interface PluginService {
  /** Calls a plugin by its UUID; `data` goes in and out. null if there is none with this UUID. */
  invoke(uuid: string, command: number, subCommand: number, data: Uint8Array): Promise<PluginReply | null>;
}
