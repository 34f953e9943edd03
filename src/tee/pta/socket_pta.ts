// Behaves as OP-TEE 4.0.0 core/tee/socket.c, and as tee-supplicant behind it: connections of TAs.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import {
  IP_VERSION,
  SOCKET_BLOCKING,
  SOCKET_COMMAND,
  SOCKET_ERROR,
  SOCKET_PROTOCOL,
  SOCKET_UUID,
} from "../../abi/pta_ids.ts";
import type { Core, PseudoTa } from "../kernel/core.ts";
import type { Remote, SocketFailure, SocketWait } from "../kernel/host/socket_service.ts";
import { bufferOf, haveTypes, type Param, type Params } from "../kernel/params.ts";
import type { Call } from "../kernel/ta_instance.ts";
import { forTasAlone, taOf } from "./caller.ts";
import { addSocket, closeSockets, dropSocket, socketOf } from "./sockets.ts";
import { numbersOf, setValue } from "./values.ts";

const { VALUE_INPUT, VALUE_OUTPUT, MEMREF_INPUT, MEMREF_OUTPUT, MEMREF_INOUT } = PARAM_TYPE;

interface Command {
  readonly types: readonly number[];
  run(core: Core, params: Params, call: Call): Promise<number>;
}

const COMMANDS: Readonly<Record<number, Command>> = {
  [SOCKET_COMMAND.OPEN]: { types: [VALUE_INPUT, MEMREF_INPUT, VALUE_INPUT, VALUE_OUTPUT], run: open },
  [SOCKET_COMMAND.CLOSE]: { types: [VALUE_INPUT], run: close },
  [SOCKET_COMMAND.SEND]: { types: [VALUE_INPUT, MEMREF_INPUT, VALUE_OUTPUT], run: send },
  [SOCKET_COMMAND.RECV]: { types: [VALUE_INPUT, MEMREF_OUTPUT], run: receive },
  [SOCKET_COMMAND.IOCTL]: { types: [VALUE_INPUT, MEMREF_INOUT], run: control },
};

/** The pseudo TA `socket`. An instance's sockets are closed with its session. */
export const socketPta: PseudoTa = {
  uuid: SOCKET_UUID,
  name: "socket",
  open: forTasAlone,
  invoke(core, number, params, call) {
    const command = COMMANDS[number];
    if (command === undefined) return TEE.NOT_IMPLEMENTED;
    return haveTypes(params, ...command.types) ? command.run(core, params, call) : TEE.BAD_PARAMETERS;
  },
  close: (_core, call) => closeSockets(taOf(call)),
};

/** What each failure is to a TA. */
const CODES: Readonly<Record<SocketFailure, number>> = {
  timeout: SOCKET_ERROR.TIMEOUT,
  hostname: SOCKET_ERROR.HOSTNAME,
  unreachable: TEE.COMMUNICATION,
  broken: TEE.BAD_PARAMETERS,
  cancelled: TEE.CANCEL,
  unknown: TEE.NOT_SUPPORTED,
  argument: TEE.BAD_PARAMETERS,
};

const VERSIONS: Readonly<Record<number, Remote["version"]>> = {
  [IP_VERSION.DONT_CARE]: 0,
  [IP_VERSION.V4]: 4,
  [IP_VERSION.V6]: 6,
};
const PROTOCOLS: Readonly<Record<number, Remote["protocol"]>> = {
  [SOCKET_PROTOCOL.TCP]: "tcp",
  [SOCKET_PROTOCOL.UDP]: "udp",
};

async function open({ host }: Core, params: Params, call: Call): Promise<number> {
  const { a, b: port } = numbersOf(params[0]);
  const [version, protocol] = [VERSIONS[a], PROTOCOLS[numbersOf(params[2]).a]];
  const name = bufferOf(params[1]);
  if (name.at(-1) !== 0) return SOCKET_ERROR.HOSTNAME;
  if (version === undefined || protocol === undefined) return TEE.BAD_PARAMETERS;
  const server = new TextDecoder().decode(name.slice(0, name.indexOf(0)));
  // As without tee-supplicant.
  if (host.sockets === undefined) return TEE.COMMUNICATION;
  const socket = await host.sockets.connect({ protocol, version, host: server, port: port & 0xffff });
  if (!socket.ok) return CODES[socket.error];
  setValue(params[3], addSocket(taOf(call), socket.value));
  return TEE.SUCCESS;
}

async function close(_core: Core, params: Params, call: Call): Promise<number> {
  const socket = dropSocket(taOf(call), numbersOf(params[0]).a);
  await socket?.close();
  return socket === undefined ? TEE.BAD_PARAMETERS : TEE.SUCCESS;
}

async function send(_core: Core, params: Params, call: Call): Promise<number> {
  const socket = socketOf(taOf(call), numbersOf(params[0]).a);
  if (socket === undefined) return TEE.BAD_PARAMETERS;
  const sent = await socket.send(bufferOf(params[1]), patienceOf(params[0], call));
  setValue(params[2], sent.ok ? sent.value : 0);
  return sent.ok ? TEE.SUCCESS : CODES[sent.error];
}

async function receive(_core: Core, params: Params, call: Call): Promise<number> {
  const socket = socketOf(taOf(call), numbersOf(params[0]).a);
  const [, into] = params;
  if (socket === undefined || into.type !== "memref") return TEE.BAD_PARAMETERS;
  const received = await socket.receive(bufferOf(into), patienceOf(params[0], call));
  if (received.ok) into.size = received.value;
  return received.ok ? TEE.SUCCESS : CODES[received.error];
}

async function control(_core: Core, params: Params, call: Call): Promise<number> {
  const { a: handle, b: command } = numbersOf(params[0]);
  const done = await socketOf(taOf(call), handle)?.control(command, bufferOf(params[1]).slice());
  if (done === undefined) return TEE.BAD_PARAMETERS;
  return done.ok ? TEE.SUCCESS : CODES[done.error];
}

function patienceOf(param: Param, { signal }: Call): SocketWait {
  const { b } = numbersOf(param);
  return { timeout: b === SOCKET_BLOCKING ? null : b, signal };
}
