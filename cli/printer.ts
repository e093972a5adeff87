/** What a command prints: safe for a terminal and for CI, and without an end of the process when the output fails. */
import { printable } from "../mocks/lib/visible-text.ts";

export interface Output {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Printer extends Output {
  /** Prints text of any origin: control characters become visible, and commands to a CI system are broken. */
  write(text: string): unknown;
  /** Prints text as it is: a control sequence or a CI command that this program has made. */
  writeCommand(text: string): unknown;
}

export function printer(output: Output): Printer {
  return {
    isTTY: output.isTTY === true,
    write: (text) => output.write(printable(text)),
    writeCommand: (text) => output.write(text),
  };
}

interface Stream {
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Keeps the process alive when standard output or standard error is closed or its disk is full. Without a listener Node ends it.
 * A closed pipe, as after `| head -n 1`, is normal. Other errors are reported once on standard error.
 */
export function surviveFailures(out: Stream, err: Stream & Output): void {
  let isReported = false;
  out.on("error", ({ code, message }) => {
    if (code !== "EPIPE" && !isReported) err.write(`ciam-testkit: standard output cannot be written: ${message}\n`);
    isReported = true;
  });
  err.on("error", () => {
    // Standard output may be closed as well, so this error is not reported.
  });
}
