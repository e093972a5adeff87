/**
 * The guide's files for Cypress: the compiler accepts them, and the tasks do what they say on a running mock. Cypress's own browser
 * runner is a download from outside the registry, so the spec itself is not run here.
 */
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import { served } from "../support/mock/served.ts";
import { emptyProject, packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";

const MINUTES = 60_000;
const PAGE = "docs/guides/cypress.md";
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    module: "NodeNext",
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types: ["cypress"],
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["*.ts", "cypress/**/*.ts"],
};

type Task = (input?: unknown) => Promise<unknown>;

const pack = packedForTests();

test("the compiler accepts the guide's files for Cypress, and its tasks arrange a running mock", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const mock = createMock();
  const { url } = await served(mock);
  const { folder, run, write } = await emptyProject(skip, pack(), "cypress@15");
  await mkdir(join(folder, "cypress/e2e"), { recursive: true });
  await write("tsconfig.json", JSON.stringify(TSCONFIG));
  await write("cypress/e2e/change-number.cy.ts", await block("cypress: spec", "ts", PAGE));
  const config = await block("cypress: config", "ts", PAGE);
  await write("cypress.config.ts", config.replace("http://127.0.0.1:4010", url));
  await run(process.execPath, TSC, "-p", ".");

  const tasks = await tasksOf(join(folder, "cypress.config.ts"));
  const clientId = String(await tasks.openSandbox?.());
  const sandbox = mock.sandbox(clientId);
  expect(await tasks.signIn?.({ clientId, mobile: "13800000000" })).toMatch(/^eyJ/);
  expect(await sandbox.accounts.list()).toMatchObject([{ mobile: "+86-13800000000" }]);

  const before = Date.parse((await sandbox.clock.read()).now);
  await tasks.advanceClock?.({ clientId, minutes: 6 });
  expect(Date.parse((await sandbox.clock.read()).now) - before).toBeGreaterThanOrEqual(360_000);

  const captcha_token = await sandbox.captcha.issueToken({ sender: "15201657312" });
  await mock.fetch("http://ciam.test/api/v2/sdk/sms/send", {
    method: "POST",
    headers: {
      "X-operating-sys-version": "macos15",
      "X-device-fingerprint": "156aysdna213sc50",
      "X-agent": "cypress",
      "X-client-id": clientId,
    },
    body: JSON.stringify({ mobile: "15201657312", type: "UPDATE_MOBILE_SMS", captcha_token }),
  });
  expect(await tasks.readCode?.({ clientId, to: "15201657312" })).toMatch(/^\d{6}$/);

  // Cypress takes undefined for a task that is not handled.
  expect(await tasks.closeSandbox?.(clientId)).toBeNull();
  expect(await mock.sandboxes.list()).not.toContain(clientId);
});

interface Tasks {
  readonly [name: string]: Task | undefined;
  readonly openSandbox?: Task;
  readonly closeSandbox?: Task;
  readonly signIn?: Task;
  readonly readCode?: Task;
  readonly advanceClock?: Task;
}

/** What the configuration registers for `cy.task`. */
async function tasksOf(file: string): Promise<Tasks> {
  const { default: config } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  let registered: Tasks = {};
  config.e2e.setupNodeEvents((event: string, tasks: Tasks) => {
    if (event === "task") registered = tasks;
  });
  return registered;
}
