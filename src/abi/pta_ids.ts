// Numbers of OP-TEE 4.0.0 lib/libutee/include/pta_system.h, pta_socket.h and of the sockets of GlobalPlatform's TEE Sockets API.

/** UUID of the pseudo TA that serves a TA's library. */
export const SYSTEM_UUID = "3a2f8978-5dc0-11e8-9c2d-fa7ae01bbebc";

/** Its commands. The numbers between are the loader's alone. */
export const SYSTEM_COMMAND = {
  ADD_RNG_ENTROPY: 0,
  DERIVE_TA_UNIQUE_KEY: 1,
  MAP_ZI: 2,
  UNMAP: 3,
  DLOPEN: 10,
  DLSYM: 11,
  GET_TPM_EVENT_LOG: 12,
  SUPP_PLUGIN_INVOKE: 13,
} as const;

/** Bytes of a derived key, and of what a TA adds to its derivation at most. */
export const DERIVED_KEY = { MIN: 16, MAX: 32, EXTRA: 1024 } as const;

/** Flag of MAP_ZI: the TA may pass the memory to other TAs. */
export const MAP_SHAREABLE = 1;

/** UUID of the pseudo TA behind the socket library of TAs. */
export const SOCKET_UUID = "3b996a7d-2c2b-4a49-a896-e1fb5766d2f4";

/** Its commands. */
export const SOCKET_COMMAND = { OPEN: 1, CLOSE: 2, SEND: 3, RECV: 4, IOCTL: 5 } as const;

/** IP versions: either, 4, 6. */
export const IP_VERSION = { DONT_CARE: 0, V4: 1, V6: 2 } as const;

export const SOCKET_PROTOCOL = { TCP: 0x65, UDP: 0x66 } as const;

/** A timeout that never ends. Others are milliseconds. */
export const SOCKET_BLOCKING = 0xffffffff;

/** Result codes of sockets. */
export const SOCKET_ERROR = {
  PROTOCOL: 0xf1007001,
  REMOTE_CLOSED: 0xf1007002,
  TIMEOUT: 0xf1007003,
  OUT_OF_RESOURCES: 0xf1007004,
  HOSTNAME: 0xf1007007,
} as const;

/** Commands of IOCTL: buffer sizes of TCP, and the other end of UDP. */
export const SOCKET_IOCTL = {
  TCP_SET_RECVBUF: 0x65f00000,
  TCP_SET_SENDBUF: 0x65f00001,
  UDP_CHANGEADDR: 0x66000001,
  UDP_CHANGEPORT: 0x66000002,
} as const;
