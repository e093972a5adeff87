/** The two documents that the package publishes satisfy an independent linter. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { files } from "../unit/spec/documents.ts";

test.each(Object.entries(files))(
  "Redocly's recommended rules find no problem in the %s document",
  (_name, file) => {
    const redocly = fileURLToPath(new URL("../../node_modules/@redocly/cli/bin/cli.js", import.meta.url));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [redocly, "lint", file, "--extends=recommended", "--format=json"],
      {
        encoding: "utf8",
        // Turns off telemetry and the search for updates.
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      },
    );
    expect(stdout, stderr).toMatch(/^\{/);
    expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 }, problems: [] });
  },
  30_000,
);
