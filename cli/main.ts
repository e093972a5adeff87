#!/usr/bin/env node
/** The executable `ciam-testkit`: hands arguments, streams and signals to run.ts. */
import module from "node:module";
import { tooOld } from "./node-version.ts";

const complaint = tooOld(process.version);
if (complaint === undefined) {
  // Compiling takes a third of the start. Node caches the result when this is called before the import.
  module.enableCompileCache();
  const { run } = await import("./run.ts");

  process.exitCode = await run(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    env: process.env,
    stopped: new Promise((resolve) => {
      process.once("SIGTERM", resolve);
      process.once("SIGINT", resolve);
    }),
  });
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 2;
}
