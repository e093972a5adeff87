/** The command line: finds the command, and ends with its exit code. Each command loads its own modules. */
import { VERSION } from "../mocks/spec/version.gen.ts";
import { printer } from "./printer.ts";
import { SERVE_OPTIONS } from "./serve-options.ts";
import {
  CommandError,
  type CommandSurroundings,
  EXIT,
  optionsText,
  parse,
  type Surroundings,
  wrongUsage,
} from "./usage.ts";

const COMMANDS = ["serve", "verify"] as const;

const HELP = `ciam-testkit ${VERSION}: a stateful mock of customer-identity (CIAM) APIs, and its contract suite

Usage
  ciam-testkit serve [options]               serves the mock
  ciam-testkit verify <base-url> [options]   runs the contract suite against an implementation
  ciam-testkit verify --help                 prints the options of verify

${optionsText(SERVE_OPTIONS)}
The server prints each code that it "sends". Its control API is at /__testkit on the same port:
inbox, clock, faults and accounts. A browser gets the inspector there.

Examples
  ciam-testkit serve
  ciam-testkit verify http://127.0.0.1:4010
  curl http://127.0.0.1:4010/__testkit/messages
  curl -X POST http://127.0.0.1:4010/__testkit/clock -H 'content-type: application/json' -d '{"advance_seconds": 300}'
`;

/** Runs a command line; resolves with the exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const out = printer(surroundings.out);
  const err = printer(surroundings.err);
  try {
    return await runCommand(args, { ...surroundings, out, err });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    err.write(`ciam-testkit: ${error.message}\n`);
    return error.exitCode;
  }
}

async function runCommand(args: readonly string[], surroundings: CommandSurroundings): Promise<number> {
  if (args[0] === "verify") {
    // Loaded here, so that serve starts without the contract suite.
    const { runVerify } = await import("./verify.ts");
    return runVerify(args.slice(1), surroundings, VERSION);
  }
  const { positionals, values } = parse(args, SERVE_OPTIONS);
  if (values.help || args.length === 0) return print(surroundings, HELP);
  if (values.version) return print(surroundings, `${VERSION}\n`);
  const [command, unexpected] = positionals;
  if (command === undefined) throw wrongUsage(`the command is missing: ${COMMANDS.join(" or ")}`);
  if (command !== "serve") throw wrongUsage(`unknown command "${command}": expected ${COMMANDS.join(" or ")}`);
  if (unexpected !== undefined) throw wrongUsage(`unexpected argument "${unexpected}": serve takes options only`);
  const { runServe } = await import("./serve.ts");
  return runServe(values, surroundings);
}

function print({ out }: CommandSurroundings, text: string): number {
  out.write(text);
  return EXIT.done;
}
