/** The options of `ciam-testkit serve`, for parsing and for the help. */
import { controlTokenOptions } from "./control-token.ts";
import type { OptionGroups } from "./usage.ts";

export const SERVE_OPTIONS = {
  "Options of serve": {
    port: { type: "string", value: "<number>", help: "port to listen on; 0 takes any free port", otherwise: "4010" },
    host: { type: "string", value: "<address>", help: "address to listen on", otherwise: "127.0.0.1" },
    seed: { type: "string", value: "<text>", help: "the same seed gives the same codes", otherwise: "ciam-testkit" },
    state: { type: "string", value: "<file>", help: "keeps the state in this file across restarts" },
    store: {
      type: "string",
      value: "<url>",
      help: "keeps the state in Redis, such as redis://host:6379/0: all servers with\nthe same URL are one mock; or set CIAM_TESTKIT_STORE",
    },
    "idle-seconds": {
      type: "string",
      value: "<number>",
      help: "deletes a sandbox of the --store that was not used for so long",
      otherwise: "604800, a week",
    },
    ...controlTokenOptions(
      "file with the token that the control API asks for;\nrequired with a --host that other machines can reach",
    ),
    quiet: { type: "boolean", help: "does not print the messages that are sent" },
    help: { type: "boolean", short: "h", help: "prints this text" },
    version: { type: "boolean", help: "prints the version" },
  },
} as const satisfies OptionGroups;
