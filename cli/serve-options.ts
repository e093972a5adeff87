/** The options of `ciam-testkit serve`, for parsing and for the help. */
import { controlTokenOptions } from "./control-token.ts";
import type { OptionGroups } from "./usage.ts";

export const SERVE_OPTIONS = {
  "Options of serve": {
    port: { type: "string", value: "<number>", help: "port to listen on; 0 takes any free port", otherwise: "4010" },
    host: { type: "string", value: "<address>", help: "address to listen on", otherwise: "127.0.0.1" },
    seed: { type: "string", value: "<text>", help: "the same seed gives the same codes", otherwise: "ciam-testkit" },
    state: { type: "string", value: "<file>", help: "keeps the state in this file across restarts" },
    ...controlTokenOptions(
      "file with the token that the control API asks for;\nrequired with a --host that other machines can reach",
    ),
    quiet: { type: "boolean", help: "does not print the messages that are sent" },
    help: { type: "boolean", short: "h", help: "prints this text" },
    version: { type: "boolean", help: "prints the version" },
  },
} as const satisfies OptionGroups;
