/** Unknown requests below /api/v3: 404 with the closest call, 405 with the allowed methods. */
import { expect, test } from "vitest";
import { stillMock } from "../../../support/mock/api.ts";
import { lastExchange } from "../../../support/mock/journal.ts";

async function asked(method: string, path: string) {
  const mock = stillMock();
  const response = await mock.fetch(`http://genauth.test${path}`, {
    method,
    headers: { "x-authing-app-id": mock.clientId },
    ...(method === "GET" || method === "HEAD" ? {} : { body: "{}" }),
  });
  return { mock, response, text: await response.text() };
}

test.each([
  ["POST", "/api/v3/send-smss", "POST /api/v3/send-sms"],
  ["POST", "/api/v3/updatephone", "POST /api/v3/update-phone"],
  ["POST", "/api/v3/update-phone/", "POST /api/v3/update-phone"],
  ["POST", "/api/v3/verify-update-phone-requests", "POST /api/v3/verify-update-phone-request"],
  ["GET", "/api/v3/profile", "GET /api/v3/get-profile"],
  ["POST", "/api/v2/update-phone", "POST /api/v3/update-phone"],
])("%s %s is a 404 that names %s and lists all operations", async (method, path, closest) => {
  const { mock, response, text } = await asked(method, path);
  expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  expect(JSON.parse(text)).toMatchObject({
    title: `${method} ${path} is not emulated`,
    closest,
    emulated: expect.arrayContaining([
      "POST /api/v3/send-sms",
      "POST /api/v3/verify-update-phone-request",
      "POST /api/v3/update-phone",
      "GET /api/v3/get-profile",
    ]),
  });
  expect(await lastExchange(mock)).toMatchObject({ operation: null, decidedBy: "not-emulated" });
});

/** Other calls of the vendor that a client of these four is likely to try. */
test.each(["send-email", "verify-update-email-request", "update-email", "bind-phone", "signin", "update-password"])(
  "%s is not emulated and gets no invented success",
  async (name) => {
    const { response } = await asked("POST", `/api/v3/${name}`);
    expect(response.status).toBe(404);
  },
);

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];
const PATHS = [
  ["/api/v3/send-sms", "POST"],
  ["/api/v3/verify-update-phone-request", "POST"],
  ["/api/v3/update-phone", "POST"],
  ["/api/v3/get-profile", "GET"],
] as const;

const wrong = PATHS.flatMap(([path, right]) =>
  METHODS.filter((method) => method !== right).map((method) => ({ path, right, method })),
);

test.each(wrong)("$method $path is a 405 that allows $right", async ({ method, path, right }) => {
  const { response } = await asked(method, path);
  expect([response.status, response.headers.get("allow")]).toEqual([405, right]);
});
