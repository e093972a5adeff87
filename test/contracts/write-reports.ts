/** Writes the sample reports of docs/reports, and the sample in docs/reference/reports.md: `npm run reports`. */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { committedReports, REFERENCE, REPORTS_FOLDER, withSample } from "../support/contracts/committed-reports.ts";

const files = await committedReports();
for (const name of await readdir(REPORTS_FOLDER))
  if (name !== "README.md" && !files.has(name)) await rm(new URL(name, REPORTS_FOLDER));
for (const [name, text] of files) await writeFile(new URL(name, REPORTS_FOLDER), text);
await writeFile(REFERENCE, withSample(await readFile(REFERENCE, "utf8"), files.get("foreign-backend.txt") ?? ""));
