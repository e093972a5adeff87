/**
 * The inspector's page and its files, as a browser asks for them. Knows where they lie; what they show, they ask the control
 * protocol for.
 */
import { readFile } from "node:fs/promises";
import { CONTROL_BASE_PATH, headerOf, type PlainRequest, type PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";

/** What a request to the inspector is known by. */
export type Visit = Pick<PlainRequest, "method" | "path" | "headers">;

const PAGE_PATH = `${CONTROL_BASE_PATH}/`;
const FILES_PATH = `${CONTROL_BASE_PATH}/inspector/`;
const FOLDER = new URL("../../ui/inspector/", import.meta.url);

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" } as const;

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
  if (visit.path === PAGE_PATH) return file("index.html");
  const name = visit.path.slice(FILES_PATH.length);
  // One folder, no subfolders: such a name leads nowhere else.
  return /^[a-z][a-z-]*\.(css|js|svg)$/.test(name) ? file(name) : noSuchFile(visit.path);
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
  const body = await readFile(new URL(name, FOLDER), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (body === undefined) return noSuchFile(name);
  return { status: 200, headers: { "content-type": `${type}; charset=utf-8`, ...SAFETY, vary: "accept" }, body };
}

function noSuchFile(path: string): PlainResponse {
  return problemResponse({ title: "The inspector has no such file", status: 404, detail: path }, SAFETY);
}
