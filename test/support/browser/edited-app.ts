/** A copy of the example app that a test may edit while a page shows it. */
import { appendFile, cp, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Msw } from "../../browser/contract-page/kit.ts";
import { PROJECT, scratchFolder } from "../package/scratch.ts";
import { appServer } from "./app-server.ts";

export interface EditedApp {
  readonly url: string;
  /** Replaces a text that must be in the file, like an editor that saves it. */
  edit(file: string, from: string, to: string): Promise<void>;
}

/** `more` is appended to its mocks.ts. */
export async function editedApp(msw: Msw = "msw", more = ""): Promise<EditedApp> {
  const root = await realpath(await scratchFolder());
  await cp(join(PROJECT, "test/browser/app"), root, { recursive: true });
  await symlink(join(PROJECT, "node_modules"), join(root, "node_modules"));
  await appendFile(join(root, "mocks.ts"), more);
  const server = await appServer("app", { msw, root });
  onTestFinished(() => server.close());
  return {
    url: server.url,
    async edit(file, from, to) {
      const path = join(root, file);
      const text = await readFile(path, "utf8");
      if (!text.includes(from)) throw new Error(`${file} does not have: ${from}`);
      await writeFile(path, text.replace(from, to));
      server.changed(path);
    },
  };
}
