// The result codes for errors of the store.
import { TEE } from "../../../abi/errors.ts";
import type { StoreFailure } from "../../kernel/host/object_store.ts";

/** The code for what went wrong in the store. */
export const STORE_CODE: Readonly<Record<StoreFailure, number>> = {
  unavailable: TEE.STORAGE_NOT_AVAILABLE,
  full: TEE.STORAGE_NO_SPACE,
  corrupt: TEE.CORRUPT_OBJECT,
};
