/** The guide's Storybook, built in a project that has the packed package, and looked at in a real browser. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FrameLocator } from "playwright-core";
import { preview } from "vite";
import { afterAll, onTestFinished, test } from "vitest";
import { visitor } from "../support/browser/browser.ts";
import { type Project, packedForTests, projectIn } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { withRegistry } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const STORYBOOK = ["storybook@10", "@storybook/html-vite@10", "msw-storybook-addon@3", "vite@8"];
const FILES = [".storybook/main.ts", ".storybook/preview.ts", "src/new-number.stories.ts"];

/** The stories: a button that requests the new number, and the response. */
const COMPONENT = `
export function newNumber(): HTMLElement {
  const button = document.createElement("button");
  button.textContent = "Change";
  button.onclick = async () => {
    const response = await fetch("/api/v2/sdk/profile/update-mobile", {
      method: "POST",
      headers: {
        "X-operating-sys-version": "macos15",
        "X-device-fingerprint": "156aysdna213sc50",
        "X-agent": "storybook",
        "X-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
        Authorization: "Bearer " + sessionStorage.getItem("id_token"),
      },
      body: JSON.stringify({ mobile: "15201657312", verify_code: "123456" }),
    });
    button.textContent = response.ok ? "Changed" : (await response.json()).error_msg;
  };
  return button;
}
`;

const TSCONFIG = {
  strict: true,
  module: "NodeNext",
  target: "ES2023",
  lib: ["ES2023", "DOM"],
  types: [],
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

const pack = packedForTests();
let project: Project | undefined;

afterAll(async () => {
  if (project !== undefined) await rm(project.folder, { recursive: true, force: true });
});

/** The project, which both tests share as its installation is long, with this version of msw. */
function projectWith(skip: (note: string) => void, msw: string): Promise<Project> {
  return withRegistry(skip, async () => {
    project ??= await projectIn(await mkdtemp(join(tmpdir(), "ciam-testkit-storybook-")), pack(), ...STORYBOOK);
    await project.run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", msw);
    return project;
  });
}

test.for(["msw@3", "msw@^2.14.3"])(
  "with %s each story has its own mock, arranged as the story declares",
  {
    timeout: 10 * MINUTES,
  },
  async (msw, context) => {
    const storybook = await built(await projectWith(context.skip, msw));
    const page = await (await visitor(context)).newPage();
    await page.goto(await served(storybook));

    const story = page.frameLocator("#storybook-preview-iframe");
    const open = (name: string) => page.locator(`#new-number--${name}`).click();
    await open("accepted");
    await expectChange(story, "Changed");
    await open("taken");
    await expectChange(story, "Phone number already exists");
    await open("too-late");
    await expectChange(story, "Incorrect verification code");
    await open("accepted");
    await expectChange(story, "Changed");
  },
);

/** Writes the guide's files, checks their types and builds; answers the folder of the built Storybook. */
async function built({ folder, run, write }: Project): Promise<string> {
  for (const name of [".storybook", "src", "public"]) await mkdir(join(folder, name), { recursive: true });
  for (const file of FILES) await write(file, await block(`storybook: ${file}`, "ts", "docs/guides/storybook.md"));
  await write("src/new-number.ts", COMPONENT);
  await write("tsconfig.json", JSON.stringify({ compilerOptions: TSCONFIG, include: [".storybook/*.ts", "src"] }));
  await run(process.execPath, TSC, "-p", ".");
  await run("npx", "msw", "init", "public", "--save");
  await run("npx", "storybook", "build", "--disable-telemetry", "--quiet", "--output-dir", "built");
  return join(folder, "built");
}

async function served(folder: string): Promise<string> {
  const server = await preview({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: { outDir: "." },
    preview: { host: "127.0.0.1", port: 0 },
  });
  onTestFinished(() => server.close());
  return server.resolvedUrls?.local[0] ?? "";
}

/** Presses the story's button, and waits for the expected text. */
async function expectChange(story: FrameLocator, words: string): Promise<void> {
  await story.getByRole("button", { name: "Change", exact: true }).click();
  await story.getByRole("button", { name: words, exact: true }).waitFor();
}
