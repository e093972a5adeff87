/** One line on a terminal that is updated after each case. Anywhere else it prints nothing. */
import type { Progress } from "../contracts/runner/run-all.ts";
import type { Printer } from "./printer.ts";

const CLEAR = "\r\u001B[K";

export interface ProgressLine {
  update(progress: Progress): void;
  /** Prints text, and then the line again. */
  print(text: string): void;
  /** Removes the line. */
  end(): void;
}

export function progressLine(output: Printer, env: Readonly<Record<string, string | undefined>>): ProgressLine {
  const isShown = output.isTTY === true && env["TERM"] !== "dumb";
  let line = "";
  const show = (text: string) => {
    if (isShown && text !== line) output.writeCommand(`${CLEAR}${text}`);
    line = text;
  };
  return {
    update: (progress) => show(words(progress)),
    print(text) {
      const current = line;
      show("");
      output.write(text);
      show(current);
    },
    end: () => show(""),
  };
}

/** Such as `137 of 673 cases, 2 failed`. */
function words({ done, total, failed, errors }: Progress): string {
  const bad = [...(failed > 0 ? [`${failed} failed`] : []), ...(errors > 0 ? [`${errors} errors`] : [])];
  return [`${done} of ${total} cases`, ...bad].join(", ");
}
