/** The command line: reads arguments, starts what they ask for, and says what happens in words for people. */
import { parseArgs } from "node:util";
import { DEMO_OPTIONS } from "../mocks/adapters/demo.ts";
import { formatMessage } from "../mocks/adapters/format.ts";
import { type RunningServer, type ServeOptions, serve } from "../mocks/adapters/node/server.ts";
import type { StateFile } from "../mocks/adapters/node/state-file.ts";
import { startupBanner } from "../mocks/adapters/startup-banner.ts";
import { createMock, type Mock } from "../mocks/mock.ts";
import { VERSION } from "../mocks/spec/version.gen.ts";

export interface Surroundings {
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves when the process is asked to end. */
  readonly stopped: Promise<unknown>;
}

interface Output {
  write(text: string): unknown;
}

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

const HELP = `ciam-testkit ${VERSION}: a stateful mock of customer-identity (CIAM) APIs, and its contract suite

Usage
  ciam-testkit serve [options]               serves the mock
  ciam-testkit verify <base-url> [options]   runs the contract suite against an implementation;
                                             its options: ciam-testkit verify --help

Options of serve
  --port <number>         port to listen on; 0 for any free one      (4010)
  --host <address>        address to listen on                       (127.0.0.1)
  --seed <text>           the same seed gives the same codes         (ciam-testkit)
  --state <file>          keep the state in this file, across restarts
  --control-token <text>  what the control API asks for; needed on an
                          address that other machines can reach
  --quiet                 do not print the messages that go out
  --help, --version

The server prints each code that it "sends". Its inbox, clock, faults and accounts are at
/__testkit on the same port: opened in a browser, it is a page that shows them, and to
programs it is the control API.

Examples
  ciam-testkit serve
  ciam-testkit verify http://127.0.0.1:4010
  curl http://127.0.0.1:4010/__testkit/messages
  curl -X POST http://127.0.0.1:4010/__testkit/clock -H 'content-type: application/json' -d '{"advance_seconds": 300}'
`;

/** Carries out a command line; answers the exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await carryOut(args, surroundings);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    surroundings.err.write(`ciam-testkit: ${error.message}\n`);
    return error.exitCode;
  }
}

async function carryOut(args: readonly string[], surroundings: Surroundings): Promise<number> {
  if (args[0] === "verify") {
    // Who only serves does not load the suite.
    const { runVerify } = await import("./verify.ts");
    return runVerify(args.slice(1), { ...surroundings, version: VERSION });
  }
  const { positionals, values } = parse(args);
  if (values.help || args.length === 0) return print(surroundings.out, HELP);
  if (values.version) return print(surroundings.out, `${VERSION}\n`);
  const [command, unexpected] = positionals;
  if (command === undefined) throw wrongUsage("a command is missing");
  if (command !== "serve") throw wrongUsage(`${command} is no command`);
  if (unexpected !== undefined) throw wrongUsage(`serve takes no "${unexpected}"`);
  return runServer(values, surroundings);
}

/** What stands in the way of what was asked for, in words for people. */
class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = FAILED) {
    super(message);
    this.exitCode = exitCode;
  }
}

function wrongUsage(message: string): Failure {
  return new Failure(`${message}\nTry: ciam-testkit --help`, WRONG_USAGE);
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        host: { type: "string" },
        seed: { type: "string" },
        state: { type: "string" },
        "control-token": { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function print(out: Output, text: string): number {
  out.write(text);
  return DONE;
}

async function runServer(values: Values, surroundings: Surroundings): Promise<number> {
  const { out, err, stopped } = surroundings;
  const { seed, quiet, state } = values;
  const options = serveOptions(values, err);
  const mock = createMock({ ...DEMO_OPTIONS, ...(seed === undefined ? {} : { seed }) });
  const kept = state === undefined ? undefined : await keepStateIn(state, mock, err);
  const server = await serve(mock, options).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(whyNotListening(error, options));
  });
  if (!quiet)
    mock.subscribe((event) => event.type === "message" && out.write(`${formatMessage(event, mock.clientId)}\n`));
  out.write(await readyText(server, mock));
  await stopped;
  await server.close();
  await kept?.close();
  return DONE;
}

async function keepStateIn(file: string, mock: Mock, err: Output): Promise<StateFile> {
  // Only who keeps state loads what keeps it.
  const { keepState } = await import("../mocks/adapters/node/state-file.ts");
  const onError = (error: unknown) => err.write(`ciam-testkit: ${error instanceof Error ? error.message : error}\n`);
  return keepState(mock, file, onError).catch((error) => {
    throw new Failure(error.message);
  });
}

function serveOptions(values: Values, err: Output): ServeOptions {
  const { port, host, "control-token": controlToken } = values;
  return {
    ...(port === undefined ? {} : { port: portOf(port) }),
    ...(host === undefined ? {} : { host }),
    ...(controlToken === undefined ? {} : { controlToken }),
    onError: (error) =>
      err.write(`ciam-testkit failed, please report it: ${error instanceof Error ? error.stack : error}\n`),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw wrongUsage(`--port takes a number from 0 to 65535, not "${text}"`);
  return port;
}

function whyNotListening(error: NodeJS.ErrnoException, { port, host }: ServeOptions): string {
  const address = `${host ?? "127.0.0.1"}:${port ?? 4010}`;
  if (error.code === "EADDRINUSE")
    return `${address} is in use. Choose another with --port, or --port 0 for any free one.`;
  if (error.code === "EACCES") return `${address} may not be used by this user. Choose a port above 1023 with --port.`;
  if (error.code === undefined) return `${error.message}. Add --control-token <text>.`;
  return `${address} cannot be listened on: ${error.message}`;
}

async function readyText({ url }: RunningServer, mock: Mock): Promise<string> {
  return `ciam-testkit ${VERSION} is ready at ${url}
${await startupBanner(mock)}  control API   ${url}/__testkit
  inspector     ${url}/__testkit/
`;
}
