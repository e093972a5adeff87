#!/usr/bin/env node
/** The executable `ciam-testkit`: hands arguments, streams and signals to command.ts. */
import { run } from "./command.ts";

process.exitCode = await run(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  stopped: new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  }),
});
