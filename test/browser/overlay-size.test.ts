/** The size that the overlay adds to a page with the mock. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test } from "vitest";
import { PROJECT } from "../support/package/scratch.ts";

const UI = join(PROJECT, "mocks/ui");
/** The overlay, the widget kit, and the texts of the overlay alone. */
const OWN = ["overlay/", "widgets/", "i18n/overlay/", "i18n/language.ts"].map((path) => join(UI, path));

test("the overlay with both languages and styles is one file of at most 5.5 KB gzip without packages", async () => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      rolldownOptions: { input: join(UI, "overlay/overlay.ts"), preserveEntrySignatures: "strict" },
    },
  });
  const outputs = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
  const modules = outputs.flatMap((file) => (file.type === "chunk" ? [file] : []));
  expect(outputs.length).toBe(1);
  expect(
    modules
      .flatMap(({ moduleIds }) => moduleIds)
      .filter((id) => !OWN.some((path) => id.startsWith(path)) && !id.startsWith("\0")),
  ).toEqual([]);
  const bytes = modules.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThanOrEqual(5_500);
});
