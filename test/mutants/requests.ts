/** Bugs in the reading of a request: its method, path, headers and body. */
import type { Mutant } from "./mutant.ts";

const ROUTE = "engine/route.ts";
const FOUND = `const entry = byMethodAndPath.get(\`\${method} \${path}\`)?.find((candidate) => isMeant(candidate, headers));`;
const HANDLE = "engine/handle.ts";
const BODY = "http/body.ts";
const ROUTED = "const target = route(request.method, request.path, request.headers);";

const requestLines: readonly Mutant[] = [
  {
    name: "any method will do",
    file: ROUTE,
    find: FOUND,
    put: `const entry = ["POST", "GET"]
    .flatMap((one) => byMethodAndPath.get(\`\${one} \${path}\`) ?? [])
    .find((candidate) => isMeant(candidate, headers));`,
    kills: ["*/other-methods"],
  },
  {
    name: "OPTIONS carries out the request",
    file: ROUTE,
    find: FOUND,
    put: FOUND.replace("{method}", '{method === "OPTIONS" ? "POST" : method}'),
    kills: [
      "verifyCaptcha/safe-methods",
      "send*/safe-methods",
      "login*/safe-methods",
      "update*/safe-methods",
      "reset*/safe-methods",
      "genauthSendSms/safe-methods",
      "genauthVerify*/safe-methods",
      "genauthUpdatePhone/safe-methods",
    ],
  },
  {
    name: "an unknown method leads to an error",
    file: "engine/decision.ts",
    find: "status: 405",
    put: "status: 500",
    kills: ["*/safe-methods", "*/other-methods"],
  },
  {
    name: "the checks are registered for the exact path only",
    file: ROUTE,
    find: FOUND,
    put: `const exact = byMethodAndPath.get(\`\${method} \${path}\`)?.find((candidate) => isMeant(candidate, headers));
  const plain = \`\${method} \${path.toLowerCase().replace(/\\/$/, "")}\`;
  const loose = byMethodAndPath.get(plain)?.find((candidate) => isMeant(candidate, headers));
  const entry = exact ?? (loose && { ...loose, checks: [] });`,
    kills: ["*/other-paths"],
  },
];

const headers: readonly Mutant[] = [
  {
    name: "only the first part of X-client-id is read",
    file: "dialects/bamboocloud/headers.ts",
    find: 'return headerOf(headers, "x-client-id");',
    put: 'return headerOf(headers, "x-client-id")?.split(",")[0];',
    kills: ["*/near-client-ids"],
  },
  {
    name: "only the first part of x-authing-app-id is read",
    file: "dialects/genauth/headers.ts",
    find: 'return headerOf(headers, "x-authing-app-id") ??',
    put: 'return headerOf(headers, "x-authing-app-id")?.split(",")[0] ??',
    kills: ["*/near-client-ids"],
  },
  {
    name: "an address in X-Forwarded-For that is none leads to an error",
    file: HANDLE,
    find: ROUTED,
    put: `new URL(\`http://\${request.headers["x-forwarded-for"] ?? "127.0.0.1"}\`);\n  ${ROUTED}`,
    kills: ["*/odd-headers"],
  },
  {
    name: "a header that comes twice leads to an error",
    file: HANDLE,
    find: ROUTED,
    put: `if (Object.values(request.headers).some((value) => /^(.+), \\1$/.test(String(value)))) throw new Error("twice");
  ${ROUTED}`,
    kills: ["*/repeated-headers"],
  },
  {
    name: "a second token leads to an error",
    file: HANDLE,
    find: ROUTED,
    put: `if (String(request.headers["authorization"]).includes(",")) throw new Error("two tokens");\n  ${ROUTED}`,
    kills: ["*/two-tokens"],
  },
  {
    name: "the language of the latest request holds for all",
    file: HANDLE,
    find: `  const requestId = requestIdOnce(mock);
  return respondInSandbox(request, mock, dialect, (access, clientKnown) =>
    "fields" in body
      ? decide(contextOf(request, body.fields,`,
    // State that outlives a request needs a place that no type knows.
    put: `  const requestId = requestIdOnce(mock);
  const shared = globalThis as unknown as { latest: unknown };
  shared.latest = request.headers["x-l"];
  const latest = () => ({ ...request, headers: { ...request.headers, "x-l": shared.latest } }) as PlainRequest;
  return respondInSandbox(request, mock, dialect, (access, clientKnown) =>
    "fields" in body
      ? decide(contextOf(latest(), body.fields,`,
    kills: ["*/languages-at-once"],
  },
];

const bodies: readonly Mutant[] = [
  {
    name: "the body null is taken for an object",
    file: BODY,
    find: 'typeof value !== "object" || value === null || Array.isArray(value)',
    put: 'typeof value !== "object"',
    kills: ["*/broken-bodies"],
  },
  {
    name: "fields are read from __proto__",
    file: BODY,
    find: "return { fields: value as Fields };",
    put: "return { fields: Object.assign({}, value) as Fields };",
    kills: ["*/broken-bodies"],
  },
  {
    name: "a body that is not JSON leads to an error",
    file: BODY,
    find: "return malformed(notJson(error));",
    put: "throw error;",
    kills: ["*/broken-bodies", "*/other-encodings"],
  },
  {
    name: "a charset in the content type is refused",
    file: BODY,
    find: "export function parseBody({ method, body }: PlainRequest): ParsedBody {",
    put: `export function parseBody({ method, body, headers }: PlainRequest): ParsedBody {
  if (method !== "GET" && headers["content-type"] !== "application/json") return malformed("not application/json");`,
    kills: ["*/content-type-with-charset"],
  },
  {
    name: "half a surrogate pair leads to an error",
    file: "dialect-kit/fields.ts",
    find: 'return typeof value === "string" && value.trim() !== "" ? value : undefined;',
    put: `if (typeof value === "string") encodeURIComponent(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;`,
    kills: ["*/hostile-fields"],
  },
  {
    name: "the body is not read if the connection is to be closed",
    file: "http/fetch.ts",
    find: "body: withinLimit(await request.arrayBuffer(), bodyLimit(path)),",
    put: `body: request.headers.get("connection") === "close" ? "" : withinLimit(await request.arrayBuffer(), bodyLimit(path)),`,
    kills: ["*/chunked-body"],
  },
  {
    name: "a field in the query leads to an error",
    file: HANDLE,
    find: ROUTED,
    put: `if (/^(?:mobile|email|updatePhoneToken)=/.test(request.query)) throw new Error("two values");\n  ${ROUTED}`,
    kills: ["*/ambiguous-fields"],
  },
];

export const requestMutants: readonly Mutant[] = [...requestLines, ...headers, ...bodies];
