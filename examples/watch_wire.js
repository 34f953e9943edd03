// @ts-check
// Shows the frames between a client and the daemon on SOCKET: listens on SOCKET.tap and passes everything on.
import { existsSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { connectDaemon, startDaemon } from "teemem/daemon";
import { defaultPlatform } from "teemem/platform";
import { boot, EXAMPLES } from "teemem/tee";
import { createSplitter } from "teemem/wire";

const [socket = "/tmp/teemem-example.sock"] = process.argv.slice(2);
const tap = createServer((client) => {
  const daemon = createConnection(socket);
  show(client, "client:", daemon);
  show(daemon, "daemon:", client);
}).listen(`${socket}.tap`);

/** @param {import("node:net").Socket} from @param {string} name @param {import("node:net").Socket} to */
function show(from, name, to) {
  const { push } = createSplitter();
  const hex = (/** @type {string} */ _, /** @type {any} */ it) => (it?.buffer ? Buffer.from(it).toString("hex") : it);
  from.on("data", (bytes) => {
    for (const frame of push(bytes)) console.log(name, JSON.stringify(frame, hex));
  });
  from.pipe(to).on("error", () => from.destroy());
}

if (existsSync(socket)) console.log(`TEEMEM_SOCKET=${socket}.tap npx xtest --stats --alloc`);
else {
  // No daemon there: one of our own, and a client that opens a session.
  const core = boot({ platform: defaultPlatform() }, { console() {}, now: Date.now, apps: EXAMPLES });
  const daemon = core.ok ? await startDaemon(core.value, socket) : undefined;
  const connection = await connectDaemon(`${socket}.tap`);
  if (!daemon?.ok || !connection.ok) throw new Error("no daemon, or no connection with it");
  await connection.value.client.open(EXAMPLES[2]?.uuid ?? "");
  await connection.value[Symbol.asyncDispose]();
  await daemon.value.end();
  tap.close();
}
