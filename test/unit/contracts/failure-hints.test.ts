/** A failed connection names a proxy that may be behind it, and a scheme that may be wrong. */
import { expect, test } from "vitest";
import * as hints from "../../../contracts/target/failure-hints.ts";

const failureMessage = (url: string, ...facts: [string, string, Record<string, string>]) =>
  hints.failureMessage(new URL(url), ...facts);

const REFUSES = "refuses connections: no server listens there";
const CLOSED = "closed the connection";
const PROXY = "http://user:s3cret@proxy.corp:3128";

test.each<[string, Record<string, string>, string]>([
  ["http://ciam.test", {}, `http://ciam.test ${REFUSES}`],
  [
    "http://ciam.test",
    { HTTP_PROXY: PROXY },
    `http://ciam.test ${REFUSES}; HTTP_PROXY is set, but Node uses it only with NODE_USE_ENV_PROXY=1`,
  ],
  [
    "https://ciam.test",
    { https_proxy: PROXY },
    `https://ciam.test ${REFUSES}; https_proxy is set, but Node uses it only with NODE_USE_ENV_PROXY=1`,
  ],
  ["https://ciam.test", { HTTP_PROXY: PROXY }, `https://ciam.test ${REFUSES}`],
  ["http://ciam.test", { HTTP_PROXY: "" }, `http://ciam.test ${REFUSES}`],
  ["http://ciam.test", { HTTP_PROXY: PROXY, NO_PROXY: "localhost, ciam.test" }, `http://ciam.test ${REFUSES}`],
  ["http://api.ciam.test", { HTTP_PROXY: PROXY, no_proxy: ".ciam.test" }, `http://api.ciam.test ${REFUSES}`],
  ["http://ciam.test:8080", { HTTP_PROXY: PROXY, NO_PROXY: "*" }, `http://ciam.test:8080 ${REFUSES}`],
  [
    "http://ciam.test",
    { HTTP_PROXY: PROXY, NODE_USE_ENV_PROXY: "1" },
    "http://ciam.test cannot be reached through the proxy http://proxy.corp:3128 of HTTP_PROXY: the proxy refuses connections",
  ],
  [
    "http://ciam.test",
    { HTTP_PROXY: PROXY, NODE_OPTIONS: "--no-warnings --use-env-proxy" },
    "http://ciam.test cannot be reached through the proxy http://proxy.corp:3128 of HTTP_PROXY: the proxy refuses connections",
  ],
  [
    "http://ciam.test",
    { HTTP_PROXY: "proxy.corp", NODE_USE_ENV_PROXY: "1" },
    "http://ciam.test cannot be reached through the proxy of HTTP_PROXY: the proxy refuses connections",
  ],
])("%s with %j", (url, env, message) => {
  expect(failureMessage(`${url}/api/v2/sdk/captcha`, REFUSES, "ECONNREFUSED", env)).toBe(message);
});

test("a proxy that is used and closes the connection is named, and the target is not blamed", () => {
  const env = { HTTPS_PROXY: PROXY, NODE_USE_ENV_PROXY: "1" };
  expect(failureMessage("https://ciam.test/", CLOSED, "ECONNRESET", env)).toBe(
    "https://ciam.test cannot be reached through the proxy http://proxy.corp:3128 of HTTPS_PROXY: closed the connection",
  );
});

test("a certificate is not the fault of a proxy", () => {
  const env = { HTTPS_PROXY: PROXY };
  expect(failureMessage("https://ciam.test/", "has an expired certificate", "CERT_HAS_EXPIRED", env)).toBe(
    "https://ciam.test has an expired certificate",
  );
});

test.each([
  ["http://a.test", CLOSED, "ECONNRESET", "; if the port expects TLS, use https:// instead of http://"],
  ["http://a.test", CLOSED, "UND_ERR_SOCKET", "; if the port expects TLS, use https:// instead of http://"],
  [
    "http://a.test",
    "failed: bad",
    "HPE_INVALID_CONSTANT",
    "; if the port expects TLS, use https:// instead of http://",
  ],
  ["https://a.test", CLOSED, "ECONNRESET", "; if the port speaks plain HTTP, use http:// instead of https://"],
  ["http://a.test", REFUSES, "ECONNREFUSED", ""],
])("%s %s (%s) hints at the other scheme: %s", (url, reason, code, hint) => {
  expect(failureMessage(url, reason, code, {})).toBe(`${url} ${reason}${hint}`);
});

test("a port that has answered once has the right scheme", () => {
  hints.noteAnswer(new URL("http://b.test:8080/api/v2/sdk/captcha"));
  expect(failureMessage("http://b.test:8080/x", CLOSED, "ECONNRESET", {})).toBe(`http://b.test:8080 ${CLOSED}`);
  expect(failureMessage("http://b.test/x", CLOSED, "ECONNRESET", {})).toContain("if the port expects TLS");
});
