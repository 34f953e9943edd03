// Sends bytes to a server as they are, and takes what comes.
import { connect, type Socket } from "node:net";

/** The whole answer to a text, until the server ends the connection; `socket` ends the test's side. */
export function exchange(port: number, text: string | readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => {
      for (const part of typeof text === "string" ? [text] : text) socket.write(part);
    });
    socket.setEncoding("latin1");
    socket.on("data", (part) => {
      got += part;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(got));
  });
}

/** A connection that has sent a text and reads nothing; errors of it are of no interest. */
export function silentReader(port: number, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.off("error", reject);
      socket.on("error", () => {});
      socket.pause();
      socket.write(text, () => resolve(socket));
    });
    socket.once("error", reject);
  });
}

/** A request line with the head of a browser that means this server. */
export function request(port: number, line: string, ...headers: readonly string[]): string {
  return `${[`${line} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Connection: close", ...headers].join("\r\n")}\r\n\r\n`;
}
