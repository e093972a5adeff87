/** One request and its response, or a clear reason for a missing one. */
import { createServer } from "node:https";
import { expect, onTestFinished, test } from "vitest";
import { exchange, type Fetch, type Sent, TransportFailure } from "../../../contracts/target/transport.ts";
import {
  startBinary,
  startCuttingShort,
  startDropping,
  startEmpty,
  startFalselyCompressed,
  startHanging,
  startHtml,
  startNoHttp,
  startRedirecting,
  startTls,
  startUnreachable,
  startWithoutTls,
  type WrongServer,
} from "../../support/contracts/always-wrong.ts";
import { type FakeRequest, fakeServer } from "../../support/mock/fake-server.ts";
import { SELF_SIGNED_CERTIFICATE, SELF_SIGNED_KEY } from "../../support/mock/self-signed.ts";

/** Long where a response comes: the test does not wait for it. */
const LONG_MS = 20_000;
const SHORT_MS = 100;

async function running(start: () => Promise<WrongServer>): Promise<string> {
  const { url, close } = await start();
  onTestFinished(close);
  return url;
}

function sentTo(url: string, given: Partial<Sent> = {}): Sent {
  return { method: "POST", url: `${url}/api/v2/sdk/sms/send`, headers: { "x-agent": "test" }, body: "{}", ...given };
}

async function failureOf(exchanged: Promise<unknown>): Promise<string> {
  const failure = await exchanged.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TransportFailure);
  return (failure as TransportFailure).message;
}

test("request and response are passed on unchanged", async () => {
  const seen: FakeRequest[] = [];
  const url = await fakeServer((request) => {
    seen.push(request);
    return { status: 418, headers: { "X-Trace": "t1" }, body: '{ "错误": 1 }' };
  });
  const headers = { "x-agent": "test", "X-L": "", Authorization: "Bearer é" };
  const response = await exchange(sentTo(url, { method: "PUT", headers, body: '{"mobile": "号"}' }), LONG_MS);
  expect(response).toMatchObject({ status: 418, headers: { "x-trace": "t1" }, body: '{ "错误": 1 }' });
  expect(seen).toMatchObject([{ method: "PUT", path: "/api/v2/sdk/sms/send", body: '{"mobile": "号"}' }]);
  expect(seen[0]?.headers).toMatchObject({ "x-agent": "test", "x-l": "", authorization: "Bearer é" });
});

test("a request without a body is sent without one", async () => {
  const seen: FakeRequest[] = [];
  const url = await fakeServer((request) => {
    seen.push(request);
    return {};
  });
  await exchange(sentTo(url, { method: "GET", body: undefined }), LONG_MS);
  expect(seen[0]).toMatchObject({ method: "GET", body: "" });
  expect(seen[0]?.headers).not.toHaveProperty("content-type");
});

test.each([
  ["nothing", startEmpty, { status: 200, body: "" }],
  ["a page", startHtml, { status: 200, body: expect.stringContaining("<!doctype html>") }],
  ["bytes that are not a text", startBinary, { status: 200, body: expect.stringContaining("\ufffd") }],
  ["a redirect, which is not followed", startRedirecting, { status: 302, headers: { location: "/login" } }],
] as const)("%s is an ordinary response", async (_what, start, response) => {
  expect(await exchange(sentTo(await running(start)), LONG_MS)).toMatchObject(response);
});

test.each([
  ["no server listens", startUnreachable, "refuses connections: no server listens there"],
  ["the connection is closed at once", startDropping, "closed the connection"],
  ["the connection is closed in the middle of the answer", startCuttingShort, "closed the connection"],
  ["a TLS port is spoken to without TLS", startTls, "closed the connection"],
  ["TLS is spoken to a plain port", startWithoutTls, "does not speak TLS; try http:// instead of https://"],
  ["the response is not HTTP", startNoHttp, "failed: Response does not match the HTTP/1.1 protocol"],
  ["the answer says that it is compressed and is not", startFalselyCompressed, "failed: incorrect header check"],
] as const)("where %s, the message says so", async (_what, start, words) => {
  const url = await running(start);
  expect(await failureOf(exchange(sentTo(url), LONG_MS))).toContain(`${url} ${words}`);
});

test("a target that hangs ends in a timeout", async () => {
  const url = await running(startHanging);
  expect(await failureOf(exchange(sentTo(url), SHORT_MS))).toBe(`${url} did not respond within 0.1 s`);
});

test("a target that hangs in the middle of its response ends in a timeout", async () => {
  const url = await fakeServer(() => ({ headers: { "content-length": "1000" }, body: "{" }));
  expect(await failureOf(exchange(sentTo(url), SHORT_MS))).toBe(`${url} did not respond within 0.1 s`);
});

test("a self-signed certificate is named, with the solution", async () => {
  const server = createServer({ cert: SELF_SIGNED_CERTIFICATE, key: SELF_SIGNED_KEY });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const url = `https://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  expect(await failureOf(exchange(sentTo(url), LONG_MS))).toBe(
    `${url} has a self-signed certificate; set NODE_EXTRA_CA_CERTS to trust it`,
  );
});

/** The error of undici: the cause is below "fetch failed". */
function failing(code: string): Fetch {
  const cause = Object.assign(new Error(`what ${code} means`), { code });
  return () => Promise.reject(new TypeError("fetch failed", { cause }));
}

test.each([
  ["ENOTFOUND", "is an unknown host"],
  ["EAI_AGAIN", "is an unknown host"],
  ["EHOSTUNREACH", "cannot be reached"],
  ["ETIMEDOUT", "cannot be reached"],
  ["ECONNRESET", "closed the connection"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "has a certificate that cannot be verified"],
  ["CERT_HAS_EXPIRED", "has an expired certificate"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "has a certificate for another host"],
  ["ERR_NEW_AND_STRANGE", "failed: what ERR_NEW_AND_STRANGE means (ERR_NEW_AND_STRANGE)"],
])("%s is reported as: %s", async (code, words) => {
  const message = await failureOf(exchange(sentTo("https://ciam.test"), LONG_MS, failing(code)));
  expect(message).toContain(`https://ciam.test ${words}`);
});

test.each([
  ["an error without a cause", () => Promise.reject(new Error("no route")), "failed: no route"],
  ["a value that is not an error", () => Promise.reject("so there"), "failed: so there"],
  [
    "a throw before there is a promise",
    () => {
      throw new Error("at once");
    },
    "failed: at once",
  ],
] satisfies [string, Fetch, string][])("%s is a failure with its own message", async (_what, fetchIt, words) => {
  expect(await failureOf(exchange(sentTo("https://ciam.test"), LONG_MS, fetchIt))).toBe(`https://ciam.test ${words}`);
});

test("a message names the target's address, but no path and no content", async () => {
  const url = "https://ciam.test/secret-path?token=secret-query";
  const sent = { method: "POST", url, headers: { authorization: "secret-header" }, body: "secret-body" };
  expect(await failureOf(exchange(sent, LONG_MS, failing("ECONNREFUSED")))).not.toContain("secret");
});

test("a password in the URL is refused and not repeated", async () => {
  const message = await failureOf(exchange(sentTo("http://user:s3cret@127.0.0.1:1"), LONG_MS));
  expect(message).toContain("http://127.0.0.1:1 ");
  expect(message).not.toContain("s3cret");
});
