/** `ciam-testkit serve`: starts the mock as a server, and prints the messages that it sends. */
import { DEMO_OPTIONS } from "../mocks/adapters/demo.ts";
import { formatMessage } from "../mocks/adapters/format.ts";
import { type RunningServer, type ServeOptions, serve } from "../mocks/adapters/node/server.ts";
import type { StateFile } from "../mocks/adapters/node/state-file.ts";
import { clientIdLine, demoAccountLines } from "../mocks/adapters/startup-banner.ts";
import { createMock, type Mock } from "../mocks/mock.ts";
import { VERSION } from "../mocks/spec/version.gen.ts";
import { CONTROL_TOKEN_VARIABLE, controlTokenOf } from "./control-token.ts";
import { openStore } from "./open-store.ts";
import type { Printer } from "./printer.ts";
import type { SERVE_OPTIONS } from "./serve-options.ts";
import { CommandError, type CommandSurroundings, EXIT, type Values, wrongUsage } from "./usage.ts";

type ServeValues = Values<typeof SERVE_OPTIONS>;

/** Serves the mock until the process is asked to end; resolves with the exit code. */
export async function runServe(values: ServeValues, surroundings: CommandSurroundings): Promise<number> {
  const { err, env } = surroundings;
  const { seed, quiet, state } = values;
  const options = serveOptions(values, await controlTokenOf(values, env), err);
  const store = await openStore(values, env);
  const mock = createMock({ ...DEMO_OPTIONS, ...(seed === undefined ? {} : { seed }), ...(store && { store }) });
  const kept = state === undefined ? undefined : await keepStateIn(state, mock, err);
  try {
    await serveUntilStopped(mock, options, surroundings, quiet === true);
  } finally {
    await kept?.close().catch(fail);
    store?.close();
  }
  return EXIT.done;
}

async function serveUntilStopped(
  mock: Mock,
  options: ServeOptions,
  { out, stopped }: CommandSurroundings,
  quiet: boolean,
): Promise<void> {
  const server = await serve(mock, options).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(whyNotListening(error, options));
  });
  if (!quiet) {
    mock.subscribe((event) => {
      // Another server with the same store prints its messages itself.
      if (event.type === "message" && !event.elsewhere) out.write(`${formatMessage(event, mock.clientId)}\n`);
    });
  }
  out.write(readyText(server, mock));
  // These lines need the control protocol and a signature. The first request need not wait for them.
  out.write(await demoAccountLines(mock));
  await stopped;
  await server.close();
}

async function keepStateIn(file: string, mock: Mock, err: Printer): Promise<StateFile> {
  // Loaded here, because few servers keep their state.
  const { keepState } = await import("../mocks/adapters/node/state-file.ts");
  const onError = (error: unknown) => err.write(`ciam-testkit: ${error instanceof Error ? error.message : error}\n`);
  return keepState(mock, file, onError).catch(fail);
}

function fail(error: Error): never {
  throw new CommandError(error.message);
}

function serveOptions(values: ServeValues, controlToken: string | undefined, err: Printer): ServeOptions {
  const { port, host } = values;
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
  if (!/^\d+$/.test(text) || port > 65_535) throw wrongUsage(`--port must be a number from 0 to 65535, not "${text}"`);
  return port;
}

function whyNotListening(error: NodeJS.ErrnoException, { port, host }: ServeOptions): string {
  const address = `${host ?? "127.0.0.1"}:${port ?? 4010}`;
  if (error.code === "EADDRINUSE")
    return `${address} is in use. Choose another port with --port, or any free one with --port 0.`;
  if (error.code === "EACCES") return `this user may not listen on ${address}. Choose a port above 1023 with --port.`;
  if (error.code === undefined)
    return `${error.message}. Add --control-token-file <file>, or set ${CONTROL_TOKEN_VARIABLE}.`;
  return `cannot listen on ${address}: ${error.message}`;
}

function readyText({ url }: RunningServer, mock: Mock): string {
  return `ciam-testkit ${VERSION} is ready at ${url}
${clientIdLine(mock)}  control API   ${url}/__testkit
  inspector     ${url}/__testkit/
`;
}
