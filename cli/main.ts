#!/usr/bin/env node
/** The executable `ciam-testkit`: hands arguments, streams and signals to run.ts. */
import module from "node:module";
import { tooOld } from "./node-version.ts";

const complaint = tooOld(process.version);
if (complaint === undefined) {
  // Compiling takes a third of the start. Node caches the result when this is called before the import.
  module.enableCompileCache();
  const [{ run }, { surviveFailures }] = await Promise.all([import("./run.ts"), import("./printer.ts")]);
  surviveFailures(process.stdout, process.stderr);

  const exitCode = await run(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    env: process.env,
    stopped: firstOf("SIGTERM", "SIGINT", "SIGHUP"),
    onUncaught: (listener) => process.on("uncaughtException", listener),
  });
  await Promise.all([process.stdout, process.stderr].map(written));
  // A target module may leave a timer or a connection open, which would keep the process alive.
  process.exit(exitCode);
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 2;
}

/** Resolves when everything so far has left the process. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}

/** Resolves with the first of these signals. A later one finds no listener, and ends the process at once. */
function firstOf(...signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
