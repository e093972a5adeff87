/** Writes the sample reports of docs/reports: `npm run reports`. */
import { readdir, rm, writeFile } from "node:fs/promises";
import { committedReports, REPORTS_FOLDER } from "../support/contracts/committed-reports.ts";

const files = await committedReports();
for (const name of await readdir(REPORTS_FOLDER))
  if (name !== "README.md" && !files.has(name)) await rm(new URL(name, REPORTS_FOLDER));
for (const [name, text] of files) await writeFile(new URL(name, REPORTS_FOLDER), text);
