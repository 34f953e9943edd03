// Finds the operation of a call. A handle that is none, or one in a wrong state, panics.
import { TEE } from "../../abi/errors.ts";
import { type LibraryEnv, raisePanic } from "./library_env.ts";
import type { Operation } from "./operation.ts";

/** Panics unless `handle` is an operation of this instance. */
export function operationOf({ operations }: LibraryEnv, handle: number): Operation {
  return operations.get(handle) ?? raisePanic(`0x${handle.toString(16)} is not an operation`);
}

/** An operation of a class. */
export function operationOfClass(env: LibraryEnv, handle: number, group: number): Operation {
  const operation = operationOf(env, handle);
  return operation.algorithm.class === group ? operation : raisePanic("the operation is of another class");
}

/** An operation of a class that has its key. */
export function keyedOperation(env: LibraryEnv, handle: number, group: number): Operation {
  const operation = operationOfClass(env, handle, group);
  return operation.keySet ? operation : raisePanic("the operation has no key", TEE.BAD_STATE);
}

/** One that was begun, too. */
export function begunOperation(env: LibraryEnv, handle: number, group: number): Operation {
  const operation = keyedOperation(env, handle, group);
  return operation.initialized ? operation : raisePanic("the operation was not initialized", TEE.BAD_STATE);
}
