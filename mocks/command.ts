/** The command line: reads arguments, starts what they ask for, and says what happens in words for people. */
import { parseArgs } from "node:util";
import type { AccountSeed } from "./core/accounts.ts";
import { type RunningServer, type ServeOptions, serve } from "./hosts/server.ts";
import type { MessageEvent } from "./http/events.ts";
import { createMock, type Mock } from "./mock.ts";
import { VERSION } from "./spec/version.gen.ts";

export interface Surroundings {
  readonly out: Output;
  readonly err: Output;
  /** Resolves when the process is asked to end. */
  readonly stopped: Promise<unknown>;
}

interface Output {
  write(text: string): unknown;
}

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

const HELP = `ciam-testkit ${VERSION}: a stateful mock of customer-identity (CIAM) APIs

Usage
  ciam-testkit serve [options]

Options
  --port <number>         port to listen on; 0 for any free one      (4010)
  --host <address>        address to listen on                       (127.0.0.1)
  --seed <text>           the same seed gives the same codes         (ciam-testkit)
  --control-token <text>  what the control API asks for; needed on an
                          address that other machines can reach
  --quiet                 do not print the messages that go out
  --help, --version

The server prints each code that it "sends". Its inbox, clock, faults and accounts are at
/__testkit on the same port; the README shows how to use them.

Examples
  ciam-testkit serve
  curl http://127.0.0.1:4010/__testkit/messages
  curl -X POST http://127.0.0.1:4010/__testkit/clock -H 'content-type: application/json' -d '{"advance_seconds": 300}'
`;

/** Who is there to try things with, so that the first request needs no preparation. */
const DEMO_ACCOUNT = {
  id: "demo",
  mobile: "13800000000",
  email: "demo@example.com",
  username: "demo",
  name: "张三",
  password: "Passer-by-42",
} as const satisfies AccountSeed;

/** Carries out a command line; answers the exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err } = surroundings;
  try {
    const { positionals, values } = parse(args);
    if (values.help || (positionals.length === 0 && args.length === 0)) return print(out, HELP);
    if (values.version) return print(out, `${VERSION}\n`);
    const [command, ...rest] = positionals;
    if (command !== "serve")
      throw new UsageError(command === undefined ? "a command is missing" : `${command} is no command`);
    if (rest.length > 0) throw new UsageError(`serve takes no "${rest[0]}"`);
    return await runServer(values, surroundings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err.write(`ciam-testkit: ${error.message}\nTry: ciam-testkit --help\n`);
    return WRONG_USAGE;
  }
}

class UsageError extends Error {}

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
        "control-token": { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function print(out: Output, text: string): number {
  out.write(text);
  return DONE;
}

async function runServer(values: Values, { out, err, stopped }: Surroundings): Promise<number> {
  const { seed, quiet } = values;
  const options = serveOptions(values, err);
  const mock = createMock({ ...(seed === undefined ? {} : { seed }), accounts: [DEMO_ACCOUNT] });
  const server = await serve(mock, options).catch((error: NodeJS.ErrnoException) => {
    err.write(`ciam-testkit: ${whyNotListening(error, options)}\n`);
    return undefined;
  });
  if (server === undefined) return FAILED;
  if (!quiet) mock.subscribe((event) => out.write(messageLine(event, mock.clientId)));
  out.write(await readyText(server, mock));
  await stopped;
  await server.close();
  return DONE;
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
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port takes a number from 0 to 65535, not "${text}"`);
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
  const { idToken, expiresIn } = await mock.accounts.issueTokens(DEMO_ACCOUNT.id);
  const { mobile, email, username, password } = DEMO_ACCOUNT;
  return `ciam-testkit ${VERSION} is ready at ${url}
  client id     ${mock.clientId}
  demo account  mobile ${mobile}, e-mail ${email}, user name ${username}, password ${password}
  id_token      ${idToken}
                (good for ${expiresIn / 3_600} h)
  control API   ${url}/__testkit
`;
}

/** One line for each message; of another sandbox than the default one with its client id. */
function messageLine({ clientId, message }: MessageEvent, defaultClientId: string): string {
  const { channel, to, scene, code, sentAt, expiresAt } = message;
  const sandbox = clientId === defaultClientId ? "" : `  in ${clientId}`;
  return `${channel}  ${to}  ${scene}  code ${code}  (good for ${(expiresAt - sentAt) / 1_000} s)${sandbox}\n`;
}
