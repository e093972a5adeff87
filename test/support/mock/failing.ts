/** How a connection ends, as seen by a raw client. */
import { connect } from "node:net";

export interface Ending {
  /** All bytes received. */
  readonly received: string;
  /** The code of the error, or `ended` if the server closed normally. */
  readonly how: string;
}

/** Sends the bytes; returns how the connection ends. */
export function endingOf(port: number, bytes: string): Promise<Ending> {
  return new Promise((resolve) => {
    let received = "";
    let how = "closed";
    const socket = connect(port, "127.0.0.1");
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      received += text;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      how = String(error.code);
    });
    socket.on("end", () => {
      how = "ended";
    });
    socket.on("close", () => resolve({ received, how }));
    socket.write(bytes);
  });
}

/** Sends the bytes and waits; `leave` disconnects and returns what was received until then. */
export function waiting(port: number, bytes: string): { leave(): Promise<string> } {
  let received = "";
  const socket = connect(port, "127.0.0.1");
  socket.on("data", (text) => {
    received += text;
  });
  socket.on("error", () => undefined);
  socket.write(bytes);
  return {
    leave: () =>
      new Promise((resolve) => {
        socket.on("close", () => resolve(received));
        socket.destroy();
      }),
  };
}
