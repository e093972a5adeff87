/** The files of the inspector as they lie in the package. The executable has them inside, and replaces this module. */
import { readFile } from "node:fs/promises";

const ROOT = new URL("../../", import.meta.url);

/** The text of a file below mocks/; undefined if it does not exist. */
export async function packageFile(name: string): Promise<string | undefined> {
  return readFile(new URL(name, ROOT), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
}
