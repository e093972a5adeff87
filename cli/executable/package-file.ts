/** Replaces mocks/adapters/node/package-file.ts in the executable. */
import { getAsset, getAssetKeys } from "node:sea";

export async function packageFile(name: string): Promise<string | undefined> {
  return getAssetKeys().includes(name) ? getAsset(name, "utf8") : undefined;
}
