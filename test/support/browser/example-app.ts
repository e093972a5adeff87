/** The example app in front of each back end, and the control calls that arrange its data. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";
import { createMock } from "../../../mocks/index.ts";
import { ACCOUNTS } from "../../browser/app/accounts.ts";
import type { Msw } from "../../browser/contract-page/kit.ts";
import { served } from "../mock/served.ts";
import { type AppServer, appServer } from "./app-server.ts";
import { type Visitor, visitor } from "./browser.ts";
import { type Language, type Person, personAt } from "./person.ts";

/** The back ends: the mock in the page with either version of msw, or a separate server. */
export type BackEnd = "worker of msw 3" | "worker of msw 2" | "server" | "server behind the same origin";

export interface Visit extends Visitor {
  readonly page: Page;
  readonly person: Person;
  readonly control: Control;
  /** The newest code for this number or address. */
  code(to: string): Promise<string>;
}

/** Makes a call of the control protocol: a POST with a body, a GET without. Returns the parsed body. */
type Control = (path: string, body?: unknown) => Promise<unknown>;

export interface VisitOptions extends BrowserContextOptions {
  readonly language?: Language;
}

/** A worker keeps them for all of its test files. */
const apps = new Map<Msw, Promise<AppServer>>();

/** The page, opened by a new visitor. */
export async function visit(context: TestContext, backEnd: BackEnd, options: VisitOptions = {}): Promise<Visit> {
  const { language = "en", ...browser } = options;
  const who = await visitor(context, { locale: language === "zh" ? "zh-CN" : "en-GB", ...browser });
  const page = await who.newPage();
  return { ...who, page, ...(await arrived(page, await opened(backEnd, page), language)) };
}

/** The same for an app at this address with the mock in the page. */
export async function visitAt(context: TestContext, url: string): Promise<Visit> {
  const who = await visitor(context);
  const page = await who.newPage();
  return { ...who, page, ...(await arrived(page, { url, control: controlInside(page) }, "en")) };
}

async function arrived(page: Page, { url, control }: Opened, language: Language) {
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return {
    person: personAt(page, language),
    control,
    async code(to: string) {
      const { messages } = (await control(`messages?${new URLSearchParams({ to, wait: "5" })}`)) as {
        readonly messages: readonly { readonly code: string }[];
      };
      return messages.at(-1)?.code ?? "";
    },
  };
}

interface Opened {
  readonly url: string;
  readonly control: Control;
}

async function opened(backEnd: BackEnd, page: Page): Promise<Opened> {
  if (backEnd === "worker of msw 3") return { url: await appWith("msw"), control: controlInside(page) };
  if (backEnd === "worker of msw 2") return { url: await appWith("msw2"), control: controlInside(page) };
  const server = await served(createMock({ accounts: ACCOUNTS }));
  const control: Control = (path, body) => ask([`${server.url}/__testkit/${path}`, body]);
  if (backEnd === "server") return { url: `${await appWith("msw")}?api=${server.url}`, control };
  const app = await appServer("app", { api: server.url });
  onTestFinished(() => app.close());
  return { url: `${app.url}?api=same-origin`, control };
}

async function appWith(msw: Msw): Promise<string> {
  const app = apps.get(msw) ?? appServer("app", { msw });
  apps.set(msw, app);
  return (await app).url;
}

/** The worker handles requests of the page, so the call is made in the page. */
function controlInside(page: Page): Control {
  return (path, body) => page.evaluate(ask, [`/__testkit/${path}`, body] as const);
}

/** Also runs in the page, so it may use nothing from here. */
async function ask([url, body]: readonly [string, unknown]): Promise<unknown> {
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(url, body === undefined ? {} : sent);
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}
