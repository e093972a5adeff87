/**
 * Serves the inspector's page and its files. Knows only where the files are; the page itself asks the control protocol for data.
 * The package has them as JavaScript. From the sources they are TypeScript, and the types are stripped here.
 */
import { CONTROL_BASE_PATH, headerOf, type PlainRequest, type PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";
import { packageFile } from "./package-file.ts";

/** What a request to the inspector is known by. */
export type Visit = Pick<PlainRequest, "method" | "path" | "headers">;

const PAGE_PATH = `${CONTROL_BASE_PATH}/`;
/** Stands for the folder mocks/, so the modules import each other in the browser as they do on disk. */
const FILES_PATH = `${CONTROL_BASE_PATH}/inspector/`;
const PAGE = "ui/inspector/index.html";

/** The files that a browser gets: the inspector's own, and the modules that it imports. No other file is served. */
const SERVED = [
  /^ui\/inspector\/(app|views)\/[a-z-]+\.[jt]s$/,
  /^ui\/inspector\/styles\/[a-z-]+\.css$/,
  /^ui\/inspector\/icon\.svg$/,
  /^ui\/(widgets|i18n|i18n\/inspector)\/[a-z-]+\.[jt]s$/,
  /^(client\/(sandbox|transport)|control\/case-conversion|http\/problem|spec\/control\.gen)\.[jt]s$/,
];

const TYPES = {
  html: "text/html",
  css: "text/css",
  js: "text/javascript",
  ts: "text/javascript",
  svg: "image/svg+xml",
} as const;

/** Nothing from elsewhere, nothing inline, no text that becomes markup, and in no frame of another page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "trusted-types 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const SAFETY = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** Whether this asks for the page or for one of its files. Neither holds a secret. */
export function isVisit({ method, path, headers }: Visit): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return path.startsWith(FILES_PATH) || (isPagePath(path) && wantsPage(headers));
}

/** The page, a file of it, or the way there; undefined for a request that is not to the inspector. */
export async function inspectorAnswer(visit: Visit): Promise<PlainResponse | undefined> {
  if (!isVisit(visit)) return undefined;
  if (visit.path === CONTROL_BASE_PATH) return toPage();
  if (visit.path === PAGE_PATH) return file(PAGE);
  const name = visit.path.slice(FILES_PATH.length);
  return SERVED.some((pattern) => pattern.test(name)) ? file(name) : noSuchFile(visit.path);
}

function isPagePath(path: string): boolean {
  return path === PAGE_PATH || path === CONTROL_BASE_PATH;
}

/** Who navigates wants a page; who asks for anything, or for JSON, wants the description of the target. */
function wantsPage(headers: Visit["headers"]): boolean {
  return /\btext\/html\b/i.test(headerOf(headers, "accept") ?? "");
}

/** Relative, for a dev server may have put a path before it. */
function toPage(): PlainResponse {
  const location = `.${PAGE_PATH}`;
  return { status: 302, headers: { ...SAFETY, location, vary: "accept" }, body: "" };
}

async function file(name: string): Promise<PlainResponse> {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1) as keyof typeof TYPES];
  const body = await textOf(name);
  if (body === undefined) return noSuchFile(name);
  return { status: 200, headers: { "content-type": `${type}; charset=utf-8`, ...SAFETY, vary: "accept" }, body };
}

/** The page names its first module as `.js`. From the sources that is a `.ts`, and so are all modules that it imports. */
async function textOf(name: string): Promise<string | undefined> {
  const text = await packageFile(name);
  if (text === undefined) return name.endsWith(".js") ? textOf(name.replace(/js$/, "ts")) : undefined;
  return name.endsWith(".ts") ? withoutTypes(text) : text;
}

/** By source text, because a page asks for some sixty modules each time that it loads. */
const stripped = new Map<string, string>();

/** The import is late: only the sources need it, and some runtimes do not have it. */
async function withoutTypes(source: string): Promise<string> {
  const known = stripped.get(source);
  if (known !== undefined) return known;
  const { stripTypeScriptTypes } = await import("node:module");
  const script = stripTypeScriptTypes(source);
  stripped.set(source, script);
  return script;
}

function noSuchFile(path: string): PlainResponse {
  return problemResponse({ title: "The inspector has no such file", status: 404, detail: path }, SAFETY);
}
