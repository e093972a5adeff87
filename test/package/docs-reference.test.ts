/** The hand-written tables of docs/reference/ and of the proxies: each names what exists. */
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { reportFormats } from "../../contracts/reports/formats.ts";
import { countOf } from "../../contracts/reports/summary.ts";
import { createMock } from "../../mocks/index.ts";
import { API_BASE_PATHS } from "../../mocks/mock.ts";
import { pageText } from "../support/package/documents.ts";
import { block } from "../support/package/readme.ts";
import { PROJECT } from "../support/package/scratch.ts";

const MOCK = "http://127.0.0.1:4010";

/** The cells of each row of the tables below a heading. */
async function rowsBelow(page: string, heading: string): Promise<readonly (readonly string[])[]> {
  const [, section = ""] = (await pageText(page)).split(`\n## ${heading}\n`);
  const [text = ""] = section.split("\n## ");
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((line) => line.slice(2, -2).split(" | "));
}

test("each row of what you can arrange names a call of control.yaml and a function of the mock", async () => {
  const { paths } = parse(await readFile(join(PROJECT, "contracts/control.yaml"), "utf8"));
  const mock = createMock();
  const rows = await rowsBelow("docs/reference/control-protocol.md", "What you can arrange");
  expect(rows.length).toBeGreaterThan(20);
  for (const [wanted = "", http = "", inProcess = ""] of rows) {
    const [, method = "", path = ""] = /`([A-Z]+) ([^?\s`]+)/.exec(http) ?? [];
    expect(Object.keys(paths[`/__testkit/${path}`] ?? {}), wanted).toContain(method.toLowerCase());
    const [, names = ""] = /`mock\.([\w.]+)\(/.exec(inProcess) ?? [];
    const found = names.split(".").reduce<unknown>((owner, name) => Reflect.get(Object(owner), name), mock);
    expect(found, wanted).toBeTypeOf("function");
  }
});

test("each body of what you can arrange is accepted by the mock", async () => {
  const mock = createMock();
  const rows = await rowsBelow("docs/reference/control-protocol.md", "What you can arrange");
  const bodies = rows.flatMap(([, http = ""]) => [...http.matchAll(/`(POST|PATCH) (\S+) (\{.*\})`/g)]);
  expect(bodies.length).toBeGreaterThan(7);
  for (const [text, method = "", path = "", body = ""] of bodies) {
    const init = { method, headers: { "content-type": "application/json" }, body };
    expect((await mock.fetch(`http://ciam.test/__testkit/${path}`, init)).ok, text).toBe(true);
  }
});

test("the reference names every outcome and every report format", async () => {
  const names = async (heading: string) =>
    (await rowsBelow("docs/reference/reports.md", heading)).map(([name = ""]) => name.replaceAll("`", ""));
  expect((await names("Outcomes")).sort()).toEqual(Object.keys(countOf).sort());
  expect((await names("Formats")).sort()).toEqual(Object.keys(reportFormats).sort());
});

test("the proxy tables of umi, Nuxt and Angular pass the paths of the API to the mock", async () => {
  const umi = evaluated(await block("proxy: umi", "ts", "docs/guides/webpack-and-umi.md"));
  const targets = Object.fromEntries(API_BASE_PATHS.map((path) => [path, { target: MOCK }]));
  expect(umi).toEqual({ proxy: targets });

  const page = "docs/guides/next-and-other-frameworks.md";
  expect(JSON.parse(await block("proxy: angular", "json", page))).toEqual(targets);
  const rules = API_BASE_PATHS.map((path) => [`${path}/**`, { proxy: `${MOCK}${path}/**` }]);
  const nuxt = evaluated(await block("proxy: nuxt", "ts", page));
  expect(nuxt).toEqual({ $development: { routeRules: Object.fromEntries(rules) } });
});

/** What the module exports by default. */
function evaluated(module: string): unknown {
  const script = stripTypeScriptTypes(module).replace("export default", "result =");
  const globals: { result?: unknown } = {};
  runInNewContext(script, Object.assign(globals, { defineNuxtConfig: (config: unknown) => config }));
  return JSON.parse(JSON.stringify(globals.result));
}
