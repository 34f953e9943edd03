// What a function of the TEE's APIs takes memory from, where it fails for want of it.

/** Where a function allocates. */
export type CallKind =
  | "open"
  | "invoke"
  | "share"
  | "context"
  | "object"
  | "storage"
  | "between"
  | "heap"
  | "numbers"
  | "driver"
  | "pkcs11"
  | "other";

const KINDS: readonly (readonly [RegExp, CallKind])[] = [
  [/^(?:TEEC_OpenSession|tee_client_open_session)$/i, "open"],
  [/^(?:TEEC_InvokeCommand|tee_client_invoke_func)$/i, "invoke"],
  [
    /^TEEC_(?:AllocateSharedMemory|RegisterSharedMemory|RegisterSharedMemoryFileDescriptor|RegisterMemoryFileDescriptor)$/i,
    "share",
  ],
  [/^(?:tee_shm_\w+|TEE_IOC_SHM_\w+)$/i, "share"],
  [/^TEEC_InitializeContext$|^tee_client_open_context$/i, "context"],
  [/^(?:TEE_Malloc|TEE_Realloc|[mc]alloc|realloc|memalign|aligned_alloc|strn?dup|TEE_[mc]alloc)$/i, "heap"],
  [/^TEE_(?:OpenTASession|InvokeTACommand)$/, "between"],
  [/^TEE_BigInt\w*$/, "numbers"],
  [
    /^TEE_(?:CreatePersistentObject|OpenPersistentObject|WriteObjectData|ReadObjectData|TruncateObjectData|RenamePersistentObject|SeekObjectData|CloseAndDeletePersistentObject1?)$/,
    "storage",
  ],
  [/^TEE_(?!Free|Mem|Panic)\w+$/, "object"],
  [/^C_[A-Z]\w+$/, "pkcs11"],
  [/^(?:ioctl|open|mmap)$/, "driver"],
];

/** What kind of function this is; `undefined` if no function is known. */
export function callKind(call: string | undefined): CallKind | undefined {
  if (call === undefined) return undefined;
  return KINDS.find(([form]) => form.test(call))?.[1] ?? "other";
}
