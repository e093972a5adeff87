/** A `serve` process on a free port. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

export interface Server {
  readonly url: string;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Resolves when it listens. */
export async function startServer(...more: readonly string[]): Promise<Server> {
  const args = [CLI, "serve", "--quiet", "--port", "0", ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, found] = /is ready at (\S+)[\s\S]*control API/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("close", () => reject(new Error(`serve ended at its start:\n${printed}`)));
  });
  return {
    url,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
