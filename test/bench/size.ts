/** The size of the mock in a page: the app's own build without msw, gzipped per chunk. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import type { Figure } from "./figures.ts";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The imports of a page with the mock. */
const ENTRY = `
import { createMock } from "${DIST}mocks/index.js";
import { browserStore, logMessages } from "${DIST}mocks/adapters/browser.js";
import { handlers } from "${DIST}mocks/adapters/msw.js";

const mock = createMock({ store: browserStore() });
logMessages(mock);
window.handlers = handlers(mock);
`;

/** A table for Chinese names only, loaded for the first such name in a password check. */
const TABLE = "pinyin-pro";

export async function size(): Promise<Figure[]> {
  const chunks = (await built()).filter((output) => output.type === "chunk");
  const table = chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.includes(TABLE)));
  const rest = chunks.filter((chunk) => !table.includes(chunk));
  const figure = (what: string, of: readonly Rolldown.OutputChunk[], atMost: number): Figure => ({
    name: `in the page, ${what}, KB gzip`,
    values: [gzipped(of)],
    bound: { atMost },
  });
  return [
    figure("all but the table of pinyin", rest, 60),
    figure(
      "of that loaded at once",
      rest.filter(({ isEntry }) => isEntry),
      35,
    ),
    figure("the table of pinyin", table, 150),
  ];
}

function gzipped(chunks: readonly Rolldown.OutputChunk[]): number {
  const bytes = chunks.map(({ code }) => gzipSync(code, { level: 9 }).length);
  return bytes.reduce((sum, one) => sum + one, 0) / 1_024;
}

async function built(): Promise<readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]> {
  // Inside the project, so that the build finds its dependencies.
  const root = await mkdtemp(`${DIST}size-`);
  try {
    await writeFile(join(root, "main.js"), ENTRY);
    const result = await build({
      configFile: false,
      root,
      logLevel: "error",
      build: { write: false, rolldownOptions: { input: join(root, "main.js"), external: /^msw(\/|$)/ } },
    });
    if (!("output" in result)) throw new Error("Vite has built something else than one bundle");
    return result.output;
  } finally {
    await rm(root, { recursive: true });
  }
}
