/**
 * Any JSON as any field of a GenAuth request, also nested, among otherwise valid values: the response has GenAuth's envelope
 * and is never a 5xx. No account changes as long as codes and token are not among the values.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BIND,
  BYSTANDER_PHONE,
  genauth,
  NEW_PHONE,
  OWN_PHONE,
  UNBIND,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { lastExchange } from "../../../support/mock/journal.ts";

const texts = ["", " ", "\u0000", "\ud800", "\ufeff", "__proto__", "constructor", "null", "0", "a".repeat(3_000)];
const good = ["PHONE_PASSCODE", BIND, UNBIND, NEW_PHONE, OWN_PHONE, BYSTANDER_PHONE, "+86", "+852", "123456"];
const numbers = [0, -0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER + 2, 5e-324];

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...texts, ...good),
  fc.constantFrom<unknown>(...numbers, true, false, null, undefined, [], {}, { toString: 1 }, [[NEW_PHONE]]),
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const recordOf = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });

const payload = recordOf(
  ...["newPhoneNumber", "newPhonePassCode", "newPhoneCountryCode"],
  ...["oldPhoneNumber", "oldPhonePassCode", "oldPhoneCountryCode"],
);

const BODIES = {
  "send-sms": recordOf("channel", "phoneNumber", "phoneCountryCode"),
  "verify-update-phone-request": fc.record({
    verifyMethod: fc.oneof(fc.constant("PHONE_PASSCODE"), value),
    phonePassCodePayload: fc.oneof({ weight: 5, arbitrary: payload }, { weight: 1, arbitrary: value }),
  }),
  "update-phone": recordOf("updatePhoneToken"),
};

const clear = {
  statusCode: expect.toSatisfy((code: unknown) => Number(code) >= 200 && Number(code) < 500),
  message: expect.stringMatching(/\S/),
  requestId: expect.any(String),
};

test.each(Object.entries(BODIES))("%s gives a documented response for any value of any field", async (path, bodies) => {
  const { mock, account, bystander, signedIn } = await updatingPhone();
  await mock.policy.patch({ code_max_attempts: 10_000, code_daily_limit: 10_000, code_resend_seconds: 0 });
  const property = fc.asyncProperty(bodies, async (body) => {
    const reply = await genauth(mock)(path, JSON.stringify(body), signedIn);
    expect(reply).toMatchObject({ status: 200, body: clear });
    expect(await mock.accounts.read(account.id)).toEqual(account);
    expect(await mock.accounts.read(bystander.id)).toEqual(bystander);
  });
  await fc.assert(property, { numRuns: 300 });
});

test.each(["mirror", "always-200"] as const)(
  "under policy %s every call gives a documented response for any header",
  async (genauth_http_status) => {
    const { mock, account } = await updatingPhone();
    await mock.policy.patch({ genauth_http_status });
    const headers = fc.dictionary(
      fc.constantFrom("authorization", "x-authing-app-id", "x-genauth-app-id", "x-authing-lang", "content-type"),
      fc.stringMatching(/^[\x20-\x7e]{0,60}$/),
    );
    const property = fc.asyncProperty(
      fc.constantFrom("get-profile", ...Object.keys(BODIES)),
      headers,
      async (path, given) => {
        const { status, body } = await genauth(mock)(path, path === "get-profile" ? undefined : {}, given);
        expect(body).toMatchObject(clear);
        expect(status).toBe(genauth_http_status === "mirror" ? Object(body).statusCode : 200);
        expect(await mock.accounts.read(account.id)).toEqual(account);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  },
);

test.each(["{", "[]", "null", "7", '"text"', "[{}]", "undefined", "channel=CHANNEL_LOGIN"])(
  "the body %s, which is not a JSON object, gets a problem document",
  async (body) => {
    const { mock, signedIn } = await verifying();
    for (const path of Object.keys(BODIES)) {
      const response = await mock.fetch(`http://genauth.test/api/v3/${path}`, {
        method: "POST",
        headers: { "x-authing-app-id": mock.clientId, ...signedIn },
        body,
      });
      expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
      expect(await response.json()).toMatchObject({ title: "Malformed body" });
      expect(await lastExchange(mock)).toMatchObject({ decidedBy: "body-malformed" });
    }
  },
);
