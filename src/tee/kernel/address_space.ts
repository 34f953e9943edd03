// What an application beyond a heap may have: an address space, in which the core maps memory and loads libraries.

/** Where memory is to be mapped. Bytes; `at` 0 leaves the address to the space. */
export interface MapRequest {
  readonly at: number;
  readonly bytes: number;
  /** Left free before and behind it. */
  readonly before: number;
  readonly behind: number;
}

/** Memory and code of an instance. Addresses are those that the TA's own code has. */
export interface AddressSpace {
  /** Maps whole pages of zeros, which the TA may pass to others where `shareable`. Returns their address; 0: no room there. */
  map(request: MapRequest, shareable: boolean): number;
  /** Takes pages out that were mapped. */
  unmap(at: number, bytes: number): void;
  /**
   * Loads a shared library by its UUID; nothing if it is there. `room` is asked for the memory of its code and of its data, in
   * bytes. A TEE code, and why it is none of success.
   */
  openLibrary(uuid: string, room: (bytes: number) => boolean): { readonly code: number; readonly why?: string };
  /** Address of a symbol of a library that is loaded; with the UUID of zeros, of the program and all of its libraries. */
  symbol(uuid: string, name: string): { readonly code: number; readonly at: number };
}
