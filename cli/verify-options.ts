/** The options of `ciam-testkit verify`, for parsing and for the help. */
import { controlTokenOptions } from "./control-token.ts";
import { type OptionGroups, optionsText } from "./usage.ts";

export const VERIFY_OPTIONS = {
  "How the target is driven": {
    control: {
      type: "string",
      value: "<url>",
      help: "its control protocol",
      otherwise: "<base-url>/__testkit, if it is there",
    },
    target: { type: "string", value: "<file>", help: "a module instead: export default defineTarget({...})" },
    ...controlTokenOptions("file with the token that the control protocol asks for"),
    "client-id": { type: "string", value: "<id>", help: "X-client-id of an application that the target knows" },
  },
  "What is run": {
    dialect: { type: "string", multiple: true, value: "<name>", help: "only this dialect; repeat it for more" },
    only: {
      type: "string",
      multiple: true,
      value: "<pattern>",
      help: "only these cases, such as 'updateMobile/*'; repeat it for more",
    },
    seed: {
      type: "string",
      value: "<text>",
      help: "the same seed makes the same requests",
      otherwise: "a new one for each run",
    },
    timeout: { type: "string", value: "<seconds>", help: "limit for one request", otherwise: "10" },
    rate: {
      type: "string",
      value: "<number>",
      help: "requests per second at most, control calls included",
      otherwise: "no limit",
    },
    list: { type: "boolean", help: "prints the cases and what they require, and sends nothing" },
  },
  "How it is judged": {
    "known-failing": { type: "string", value: "<file>", help: "lines of: case-id [until=2027-01-31] # reason" },
    strict: { type: "boolean", help: "a finding is a failure; includes --strict-order" },
    "strict-order": { type: "boolean", help: "the target must run its checks in the order of openapi.yaml" },
    require: { type: "string", value: "<percent>", help: "the least share of the cases that must be driven" },
    report: {
      type: "string",
      multiple: true,
      value: "<format>=<file>",
      help: "json, junit, markdown or html; repeat it for more",
    },
    help: { type: "boolean", short: "h", help: "prints this text" },
  },
} as const satisfies OptionGroups;

export const VERIFY_HELP = `Usage
  ciam-testkit verify <base-url> [options]

Runs the contract suite against the API at the base URL, and prints what conforms.

${optionsText(VERIFY_OPTIONS)}
Exit codes
  0  the target conforms
  1  violations, or stale entries of the known-failing list
  2  wrong usage, a file that cannot be used, or unknown names in the description of the target
  3  inconclusive: no response, a declared capability that does not work, errors, or nothing was run
  4  fewer cases were driven than --require asks for
  130  interrupted by Ctrl-C or SIGTERM
`;
