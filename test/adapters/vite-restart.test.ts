/** `ciam-testkit/vite` when Vite restarts its server, and after the end of the process. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { type CiamPluginOptions, ciam } from "../../mocks/adapters/vite.ts";
import { MOBILE } from "../support/mock/api.ts";
import { appFolder, ask, built, configOf, dev, printing } from "../support/mock/dev-server.ts";

/** A dev server that creates its plugin anew at each start, like a config file; `options` may change in between. */
async function restartable(options: CiamPluginOptions = {}, root?: string) {
  const log = printing();
  const current = { options };
  const config = configOf(root ?? (await appFolder()), log, {});
  const plugins = [{ name: "from-the-config-file", config: () => ({}) }];
  Object.defineProperty(config, "plugins", { enumerable: true, get: () => [...plugins, ciam(current.options)] });
  const server = await (await createServer(config)).listen();
  onTestFinished(() => server.close());
  const send = (path: string, body?: unknown) => ask(originOf(server), path, body);
  return { server, current, config, printed: log.printed, ask: send };
}

function originOf(server: ViteDevServer): string {
  return new URL(server.resolvedUrls?.local[0] ?? "").origin;
}

async function sendsACode(send: Awaited<ReturnType<typeof restartable>>["ask"]): Promise<void> {
  const { captcha_token } = (await send("/__testkit/captcha-tokens", { sender: MOBILE })).body;
  const { status } = await send("/api/v2/sdk/sms/send", { mobile: MOBILE, type: "UPDATE_MOBILE_SMS", captcha_token });
  expect(status).toBe(200);
}

test("a restart keeps the state without a state file", async () => {
  const { server, ask } = await restartable();
  await ask("/__testkit/accounts", { username: "ada" });
  await sendsACode(ask);
  await server.restart();
  await server.restart();
  expect((await ask("/__testkit/messages")).body.messages).toHaveLength(1);
  expect((await ask("/__testkit/requests")).body.requests).toHaveLength(1);
});

test("after a restart each message is printed once", async () => {
  const { server, printed, ask } = await restartable();
  await server.restart();
  await server.restart();
  await sendsACode(ask);
  expect(printed().match(/UPDATE_MOBILE_SMS/g)).toHaveLength(1);
});

test("a restart with other options starts with a new state", async () => {
  const { server, current, ask } = await restartable();
  await ask("/__testkit/accounts", { id: "ada", username: "ada" });
  current.options = { policy: { code_length: 9 } };
  await server.restart();
  expect((await ask("/__testkit/policy")).body).toMatchObject({ code_length: 9 });
  current.options = { policy: { code_length: 9 }, quiet: true };
  await sendsACode(ask);
  await server.restart();
  expect((await ask("/__testkit/messages")).body.messages).toHaveLength(1);
});

test("a new server does not inherit the state of a closed one", async () => {
  const { server, config, ask } = await restartable();
  await sendsACode(ask);
  await server.close();
  const next = await (await createServer(config)).listen();
  onTestFinished(() => next.close());
  const origin = originOf(next);
  expect((await (await fetch(`${origin}/__testkit/messages`)).json()).messages).toEqual([]);
});

test.each([dev, built])(
  "with a state file $name restores everything, up to the last change before the end",
  async ({ start }) => {
    const root = await appFolder();
    const begin = async () => {
      const server = await start(configOf(root, printing(), { state: "state.json" }));
      return { server, origin: new URL(server.resolvedUrls?.local[0] ?? "").origin };
    };
    const first = await begin();
    const { body } = await ask(first.origin, "/__testkit/accounts", { username: "ada" });
    await first.server.close();
    expect(await readFile(join(root, "state.json"), "utf8")).toContain('"ada"');
    const second = await begin();
    onTestFinished(() => second.server.close());
    expect((await ask(second.origin, `/__testkit/accounts/${body.id}`)).body).toMatchObject({ username: "ada" });
  },
);

test("a restart keeps changes that are not in the state file yet, and keeps writing it", async () => {
  const root = await appFolder();
  const { server, ask } = await restartable({ state: "state.json" }, root);
  for (const username of ["ada", "bob"]) {
    const { body } = await ask("/__testkit/accounts", { username });
    await server.restart();
    expect((await ask(`/__testkit/accounts/${body.id}`)).status).toBe(200);
  }
  await server.close();
  expect(await readFile(join(root, "state.json"), "utf8")).toMatch(/"ada".*"bob"/);
});

test("a restart with another seed continues with the content of the state file", async () => {
  const { server, current, ask } = await restartable({ state: "state.json" });
  const { body } = await ask("/__testkit/accounts", { username: "ada" });
  current.options = { state: "state.json", seed: "another" };
  await server.restart();
  expect((await ask(`/__testkit/accounts/${body.id}`)).body).toMatchObject({ username: "ada" });
});

test("a damaged state file stops the start with a message and stays unchanged", async () => {
  const root = await appFolder();
  await writeFile(join(root, "state.json"), "{");
  const starting = createServer(configOf(root, printing(), { state: "state.json" }));
  await expect(starting).rejects.toThrow("is damaged (it is not JSON). It was not changed");
  expect(await readFile(join(root, "state.json"), "utf8")).toBe("{");
});

test("a state file that another server uses stops the start with a message", async () => {
  const root = await appFolder();
  const first = await dev.start(configOf(root, printing(), { state: "state.json" }));
  onTestFinished(() => first.close());
  const starting = built.start(configOf(root, printing(), { state: "state.json" }));
  await expect(starting).rejects.toThrow(`state.json is in use by process ${process.pid}. End that process`);
});

test("a state that cannot be written at the end is logged, and the server closes", async () => {
  const root = await appFolder();
  const folder = join(root, "state");
  await mkdir(folder);
  const log = printing();
  const server = await (await createServer(configOf(root, log, { state: "state/state.json" }))).listen();
  await rm(folder, { recursive: true });
  await ask(originOf(server), "/__testkit/accounts", { username: "ada" });
  await server.close();
  expect(log.printed()).toMatch(
    /ciam-testkit: \S+state\.json cannot be written: ENOENT.*These changes are lost: sandbox /,
  );
});
