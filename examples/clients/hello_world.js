// @ts-check
// A client in TypeScript or JavaScript, without libteec: it speaks to the daemon itself. Run it with 'teemem exec -- node hello_world.js'.
import { connectDaemon, defaultSocket } from "teemem/daemon";
import { params } from "teemem/tee";

const HELLO_WORLD = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";
const INCREMENT = 0;

const connection = await connectDaemon(process.env.TEEMEM_SOCKET || defaultSocket(process.env));
if (!connection.ok) throw new Error(connection.error.text);
const { client } = connection.value;

const { code, origin, session } = await client.open(HELLO_WORLD);
if (code !== 0) throw new Error(`opening a session failed with 0x${code.toString(16)} from ${origin}`);

/** @type {import("teemem/tee").Param} */
const number = { type: "value", direction: "inout", value: { a: 42, b: 0 } };
const invoked = await client.invoke(session, INCREMENT, params(number));
if (invoked.code !== 0) throw new Error(`the command failed with 0x${invoked.code.toString(16)}`);
console.log(`42 + 1 = ${number.value.a}`);

await client.close(session);
await connection.value[Symbol.asyncDispose]();
