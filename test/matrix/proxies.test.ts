/** The guides' dev servers that pass the API to a running mock: webpack, Rspack and Next. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import { served } from "../support/mock/served.ts";
import { emptyProject, type Project, packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { running } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const MOCK = "http://127.0.0.1:4010";

/** What the mock says to a request without headers, at any path that it knows. */
const REFUSALS = {
  "/api/v2/sdk/captcha": { error_code: "IDAAS.SDK.PARAM.0001" },
  "/api/v3/get-profile": { statusCode: 400, message: "The header x-authing-app-id is missing" },
} as const;

const pack = packedForTests();

/** Starts a dev server on any free port; answers its address. */
async function started({ folder, env }: Project, command: string): Promise<string> {
  const server = running("bash", ["-c", `exec node_modules/.bin/${command}`], {
    cwd: folder,
    env: { ...env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
  });
  const address = /(?:Loopback|Local):\s+(http:\/\/localhost:\d+)\b/;
  await server.until("http://localhost:");
  const printed = () => stripVTControlCharacters(server.printed());
  await expect.poll(() => address.test(printed()), { timeout: MINUTES }).toBe(true);
  return address.exec(printed())?.[1] ?? "";
}

async function expectMockAt(origin: string): Promise<void> {
  for (const [path, refusal] of Object.entries(REFUSALS)) {
    const response = await fetch(origin + path);
    expect(await response.json()).toMatchObject(refusal);
  }
}

test("webpack-dev-server and Rspack pass the API to the mock, with the guide's configuration", {
  timeout: 8 * MINUTES,
}, async ({ skip }) => {
  const { url } = await served(createMock());
  const packages = ["webpack@5", "webpack-cli@7", "webpack-dev-server@6", "@rspack/core@2", "@rspack/cli@2"];
  const project = await emptyProject(skip, pack(), ...packages, "@rspack/dev-server@2");
  const config = (await block("proxy: webpack", "js", "docs/guides/webpack-and-umi.md")).replace(MOCK, url);
  await mkdir(join(project.folder, "src"));
  await project.write("src/index.js", 'document.title = "The app";\n');
  for (const name of ["webpack", "rspack"]) {
    await project.write(`${name}.config.mjs`, config);
    await expectMockAt(await started(project, `${name} serve --port ${name === "webpack" ? "auto" : 0}`));
  }
});

test("Next passes the API to the mock in development, with the guide's configuration", {
  timeout: 8 * MINUTES,
}, async ({ skip }) => {
  const { url } = await served(createMock());
  const project = await emptyProject(skip, pack(), "next@16", "react@19", "react-dom@19");
  const config = await block("proxy: next", "ts", "docs/guides/next-and-other-frameworks.md");
  await mkdir(join(project.folder, "app"));
  await project.write("next.config.ts", config.replace(MOCK, url));
  const layout = "export default function Layout({ children }) { return <html><body>{children}</body></html>; }\n";
  await project.write("app/layout.jsx", layout);
  await project.write("app/page.jsx", "export default function Page() { return <h1>The app</h1>; }\n");
  await expectMockAt(await started(project, "next dev --port 0"));
});
