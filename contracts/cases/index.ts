/** All cases, in the order of the manifest. */
import type { Case } from "../case.ts";
import { updateMobileCases } from "./update-mobile.ts";

export const allCases: readonly Case[] = [...updateMobileCases];
