/** The tutorial for a page, followed by a reader who has nothing but the package: its blocks, in a project made for it. */
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visitor } from "../support/browser/browser.ts";
import { gapOf } from "../support/browser/captcha-gap.ts";
import { type Linked, linkedProject } from "../support/package/linked-project.ts";
import { type Project, packedForTests, projectAt } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { running, withRegistry } from "../support/package/scratch.ts";
import { sharedFolder } from "../support/shared/shared.ts";

const MINUTES = 60_000;
const PAGE = "docs/tutorials/page.md";

const pack = packedForTests();

/** What `npm create vite` gives, with create-vite 9.3: of its template vanilla-ts, what counts here. */
const TEMPLATE = {
  "index.html": `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <link rel="icon" href="data:," />
    <title>Vite + TS</title>
  </head>
  <body>
    <div id="app"></div>
    <script type="module" src="/src/main.ts"></script>
  </body>
</html>`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2023",
      module: "esnext",
      lib: ["ES2023", "DOM"],
      types: ["vite/client"],
      allowArbitraryExtensions: true,
      skipLibCheck: true,
      moduleResolution: "bundler",
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      moduleDetection: "force",
      noEmit: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      erasableSyntaxOnly: true,
      noFallthroughCasesInSwitch: true,
    },
    include: ["src"],
  }),
};
const TYPESCRIPT = "typescript@~7.0.2";

/** The compiler of the template, which is newer than the one of this repository. */
let typescript: Promise<string> | undefined;

test("the tutorial has exactly the commands that this test executes", async () => {
  const commands = (await block("quick start: install", "sh", PAGE)).trim().split("\n");
  expect(commands).toEqual([
    "npm create vite@latest my-app -- --template vanilla-ts --no-interactive",
    "cd my-app",
    "npm install openapi-fetch",
    "npm install --save-dev ciam-testkit msw",
    "npx msw init public --save",
  ]);
});

test.for<[version: string, linked: Linked]>([
  ["msw@3", "msw"],
  ["msw@^2.14.3", ["msw", "msw2"]],
])(
  "following the tutorial in a new project changes a number: %s",
  {
    timeout: 5 * MINUTES,
  },
  async ([, msw], context) => {
    typescript ??= installedOnce(TYPESCRIPT);
    const compiler = await withRegistry(context.skip, () => typescript as Promise<string>);
    const project = await linkedProject(pack(), "vite", ["typescript", compiler], "openapi-fetch", msw);
    await mkdir(`${project.folder}/src`);
    for (const [name, text] of Object.entries(TEMPLATE)) await project.write(name, text);
    await project.run("npx", "msw", "init", "public", "--save");
    await project.write("src/mocks.ts", await block("quick start: mocks", "ts", PAGE));
    await project.write("src/main.ts", await block("quick start: page", "ts", PAGE));
    await project.run("npx", "tsc");

    const { newPage } = await visitor(context);
    const page = await newPage();
    const sent = codesIn(page);
    const code = page.getByLabel("Code", { exact: true });
    const confirm = page.getByRole("button", { name: "Confirm" });
    const url = await developmentServer(project);
    await page.goto(url);

    await sendCode(page);
    await code.fill(await sent.next());
    await confirm.click();
    await page.getByRole("heading", { name: "Change your number" }).waitFor();

    await page.getByLabel("Mobile number").fill("15201657312");
    await sendCode(page);
    await code.fill("000000");
    await confirm.click();
    await page.getByText("Incorrect verification code").waitFor();
    await code.fill(await sent.next());
    await confirm.click();
    await page.getByText("Your number is 15201657312 now.").waitFor();

    // The guide's start, without a store: it takes the place of the tutorial's, and knows the account anew.
    await project.write("src/mocks.ts", await block("page: start", "ts", "docs/guides/msw-in-page.md"));
    await project.run("npx", "tsc");
    await page.goto(url);
    await sendCode(page);
    await code.fill(await sent.next());
    await confirm.click();
    await page.getByRole("heading", { name: "Change your number" }).waitFor();
  },
);

/** Installs a package into a folder of the run; returns the folder. */
async function installedOnce(spec: string): Promise<string> {
  const folder = await mkdtemp(join(sharedFolder(), "installed-"));
  const { run } = await projectAt(folder);
  await run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", spec);
  return join(folder, "node_modules", spec.replace(/@[^@]*$/, ""));
}

/** Runs the command of `npm run dev`; returns the address that it prints. */
async function developmentServer({ folder, env }: Project): Promise<string> {
  const vite = running("npx", ["vite", "--host", "127.0.0.1", "--port", "0"], { cwd: folder, env });
  await vite.until("Local:");
  const [url] = /http:\S+/.exec(stripVTControlCharacters(vite.printed())) ?? [];
  if (url === undefined) throw new Error(`Vite tells no address:\n${vite.printed()}`);
  return url;
}

/** The codes that the page's console shows, in their order. */
function codesIn(page: Page) {
  let read = 0;
  const lines: string[] = [];
  page.on("console", (message) => {
    if (message.text().startsWith("[ciam-testkit]")) lines.push(message.text());
  });
  return {
    async next(): Promise<string> {
      await expect.poll(() => lines.length).toBeGreaterThan(read);
      const [, code = ""] = /code (\d+)/.exec(lines[read++] ?? "") ?? [];
      return code;
    },
  };
}

async function sendCode(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const [picture, piece] = document.querySelectorAll("img");
    return picture?.complete && piece?.complete && picture.naturalWidth > 0;
  });
  const [picture = "", piece = ""] = await page
    .locator("#app img")
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src.replace(/^.*base64,/, "")));
  await page.getByLabel("Move the piece into the gap").fill(String(gapOf(picture, piece)));
  await page.getByRole("button", { name: "Send code" }).click();
  await page.getByText("The code is sent.").waitFor();
}
