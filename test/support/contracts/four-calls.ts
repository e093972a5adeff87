/**
 * A backend of four operations, as it is before its authors think of tests: no control calls, and the error page of its
 * framework for every other path.
 */
import { onTestFinished } from "vitest";
import { startForeign } from "../../foreign/server.ts";
import { type FakeRequest, type FakeResponse, fakeServer, json } from "../mock/fake-server.ts";

const PATHS = ["sms/send", "profile/update-mobile", "profile/update-email", "pwd/update-by-mobile"];

/** Closed when the test is over. */
export async function fourCalls(): Promise<{ readonly url: string; readonly clientId: string }> {
  const whole = await startForeign();
  onTestFinished(whole.close);
  const isThere = ({ path }: FakeRequest) => PATHS.some((one) => path === `/api/v2/sdk/${one}`);
  const url = await fakeServer((request) => (isThere(request) ? passedOn(whole.url, request) : notFound(request)));
  return { url, clientId: whole.clientId };
}

/** As Spring writes it. */
function notFound({ path }: FakeRequest): FakeResponse {
  return json({ timestamp: "2026-03-01T08:00:00.000+00:00", status: 404, error: "Not Found", path }, 404);
}

async function passedOn(url: string, { method, path, headers, body }: FakeRequest): Promise<FakeResponse> {
  const { host: _, connection: __, ...kept } = headers;
  const response = await fetch(`${url}${path}`, { method, headers: kept, ...(body === "" ? {} : { body }) });
  return { status: response.status, headers: { "content-type": "application/json" }, body: await response.text() };
}
