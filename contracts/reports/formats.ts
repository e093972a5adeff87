/** The formats that `--report <format>=<file>` accepts. */

import { htmlPage } from "./html/html.ts";
import { junitXml } from "./junit.ts";
import { markdownText } from "./markdown.ts";
import type { Report } from "./report.ts";
import { visibleJson } from "./shared/visible-text.ts";

export type ReportFormat = "json" | "junit" | "markdown" | "html";

export const reportFormats: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  json: jsonText,
  junit: junitXml,
  markdown: markdownText,
  html: htmlPage,
};

function jsonText(report: Report): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}
