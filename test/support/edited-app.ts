/** A copy of the example app that a test may edit while somebody looks at it. */
import { appendFile, cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Msw } from "../browser/kit.ts";
import { devServer } from "./dev-server.ts";
import { PROJECT, scratchFolder } from "./scratch.ts";

export interface EditedApp {
  readonly url: string;
  /** Replaces a text that the file must have, as an editor does that saves it. */
  edit(file: string, from: string, to: string): Promise<void>;
}

/** `more` is appended to its mocks.ts. */
export async function editedApp(msw: Msw = "msw", more = ""): Promise<EditedApp> {
  const root = await scratchFolder();
  await cp(join(PROJECT, "test/browser/app"), root, { recursive: true });
  await symlink(join(PROJECT, "node_modules"), join(root, "node_modules"));
  await appendFile(join(root, "mocks.ts"), more);
  const server = await devServer("app", { msw, root });
  onTestFinished(() => server.close());
  return {
    url: server.url,
    async edit(file, from, to) {
      const text = await readFile(join(root, file), "utf8");
      if (!text.includes(from)) throw new Error(`${file} does not have: ${from}`);
      await writeFile(join(root, file), text.replace(from, to));
    },
  };
}
