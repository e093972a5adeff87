/** `ciam-testkit/vite`: the mock in Vite's dev server and preview server, at the page's own origin. */
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Logger, Plugin, PreviewServer, ResolvedConfig, ViteDevServer } from "vite";
import { assertControlToken } from "../http/control-token.ts";
import { CONTROL_BASE_PATH } from "../http/message.ts";
import { printable } from "../lib/visible-text.ts";
import { createMock, type Mock, type MockOptions } from "../mock.ts";
import { DEMO_OPTIONS } from "./demo.ts";
import { formatMessage } from "./format.ts";
import { controlGuard } from "./node/control-guard.ts";
import { nodeListener } from "./node/listener.ts";
import { keepState, type StateFile } from "./node/state-file.ts";
import { startupBanner } from "./startup-banner.ts";

export interface CiamPluginOptions extends Pick<MockOptions, "seed" | "accounts" | "policy"> {
  /** Keeps the state in this file, relative to Vite's root, so that it survives the end of the dev server. */
  readonly state?: string;
  /** Lets other machines use the inspector and the control API. Then every control call needs this token. */
  readonly controlToken?: string;
  /** Does not print sent messages. */
  readonly quiet?: boolean;
}

type Server = ViteDevServer | PreviewServer;

interface Running {
  readonly mock: Mock;
  readonly options: Pick<CiamPluginOptions, "seed" | "accounts" | "policy" | "state">;
  readonly file: StateFile | undefined;
  readonly stopPrinting: () => void;
}

/**
 * The running mocks, by Vite's inline config: when its config file changes, Vite restarts with new objects, this plugin
 * included, and only the inline config stays the same.
 */
const running = new WeakMap<object, Running>();

/** A plugin that serves the API and the control protocol in the dev server and the preview. It starts with the demo account. */
export function ciam(options: CiamPluginOptions = {}): Plugin {
  assertControlToken(options.controlToken);
  return {
    name: "ciam-testkit",
    apply: "serve",
    configureServer: (server) => mount(server, options),
    configurePreviewServer: (server) => mount(server, options),
  };
}

async function mount(server: Server, { controlToken, quiet = false, ...options }: CiamPluginOptions): Promise<void> {
  const { inlineConfig, logger } = server.config;
  const { mock, file } = await begin(server.config, options);
  const stopPrinting = mock.subscribe((event) => {
    if (event.type !== "message" || quiet) return;
    logger.info(formatMessage(event, mock.clientId), { timestamp: true });
  });
  const run: Running = { mock, options, file, stopPrinting };
  running.set(inlineConfig, run);

  const guard = controlGuard("localhost", controlToken);
  const listener = nodeListener(mock, {
    guard,
    onError: (error) => logger.error(printable(`ciam-testkit failed: ${error}`)),
  });
  server.middlewares.use((request, response, next) => {
    if (isBelow(mock.basePaths, request.url)) listener(request, response);
    else next();
  });

  printBanner(server, await startupBanner(mock), controlToken === undefined);
  whenClosed(server, async () => {
    if (running.get(inlineConfig) !== run) return;
    running.delete(inlineConfig);
    stopPrinting();
    await closed(file, logger);
  });
}

/** Continues with the mock from before a restart, unless the options have changed. */
async function begin({ inlineConfig, logger, root }: ResolvedConfig, options: Running["options"]) {
  const before = running.get(inlineConfig);
  before?.stopPrinting();
  if (before !== undefined && isDeepStrictEqual(before.options, options)) return before;
  await closed(before?.file, logger);
  const { state, policy, ...mockOptions } = options;
  const mock = createMock({ ...DEMO_OPTIONS, ...mockOptions, policy: { ...DEMO_OPTIONS.policy, ...policy } });
  const file = state === undefined ? undefined : await keepState(mock, resolve(root, state), complain(logger));
  return { mock, file };
}

/** A state that cannot be written does not stop the end or the restart of the server. */
async function closed(file: StateFile | undefined, logger: Logger): Promise<void> {
  await file?.close().catch(complain(logger));
}

function complain(logger: Logger): (error: unknown) => void {
  return (error) => logger.error(printable(`ciam-testkit: ${error instanceof Error ? error.message : error}`));
}

function isBelow(basePaths: readonly string[], url = "/"): boolean {
  const path = url.replace(/\?.*/s, "");
  return basePaths.some((base) => path === base || path.startsWith(`${base}/`));
}

/** Prints below Vite's own addresses. A server in middleware mode has none and prints at once. */
function printBanner(server: Server, banner: string, onlyHere: boolean): void {
  const { logger, server: options } = server.config;
  if (options.middlewareMode) return void logger.info(`  ciam-testkit\n${banner}`);
  const printUrls = server.printUrls.bind(server);
  server.printUrls = () => {
    printUrls();
    const { local = [], network = [] } = server.resolvedUrls ?? {};
    const [page] = [...local, ...network];
    const inspector = page === undefined ? CONTROL_BASE_PATH : new URL(`${CONTROL_BASE_PATH}/`, page).href;
    const limits = onlyHere && network.length > 0 ? ONLY_HERE : "";
    logger.info(`  ➜  ciam-testkit: ${inspector}\n${banner}${limits}`);
  };
}

const ONLY_HERE = "  control API   for this machine only; ciam({ controlToken }) lets others use it\n";

/** Vite 6 and 7 have no hook for the end. When Vite 8 restarts, the next server has already taken over the mock. */
function whenClosed(server: Server, then: () => Promise<void>): void {
  const close = server.close.bind(server);
  server.close = async () => {
    await close();
    await then();
  };
}
