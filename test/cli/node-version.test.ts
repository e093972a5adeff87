/** An older Node gets a clear message; package.json tells npm the same. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { tooOld } from "../../cli/node-version.ts";

test.each(["v20.20.2", "v22.18.9", "v18.0.0", "v22.0.0"])(
  "%s is too old, and the message names both versions",
  (version) => {
    expect(tooOld(version)).toBe(`ciam-testkit needs Node 22.19 or newer, and this is ${version}`);
  },
);

test.each(["v22.19.0", "v22.20.1", "v23.0.0", "v24.1.0", "v26.10.0", process.version])(
  "%s is new enough",
  (version) => {
    expect(tooOld(version)).toBeUndefined();
  },
);

test("package.json requires the same Node", async () => {
  const { engines } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  const oldest = engines.node.replace(">=", "v");
  expect(tooOld(`${oldest}.0`)).toBeUndefined();
  const [major, minor] = oldest.slice(1).split(".").map(Number);
  expect(tooOld(`v${major}.${minor - 1}.99`)).toBeDefined();
});
