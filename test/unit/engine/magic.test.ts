/** Magic values: the ending of a number or an address selects an error, where the policy `magic_values` allows it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mock } from "../../../mocks/index.ts";
import { api, DONE, refusal, sendSms, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { lastExchange } from "../../support/mock/journal.ts";
import { openapi } from "../spec/documents.ts";

const magical = () => stillMock({ policy: { magic_values: true } });

const TAKEN = refusal("USER.0035", "Phone number already exists");

test("a number with an error's ending gets that error, with no other field in the request", async () => {
  const mock = magical();
  expect(await api(mock)("profile/update-mobile", { mobile: "13800099435" })).toEqual(TAKEN);
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: "mobile-own", injected: true });
  expect((await lastExchange(mock))?.why).toContain("99435");
});

test("an address with an error's ending before the @ gets that error in the requested language", async () => {
  const mock = magical();
  const body = { email: "ada99436@example.com" };
  expect(await api(mock)("profile/update-email", body)).toEqual(refusal("USER.0036", "E-mail already exists"));
  expect(await api(mock)("profile/update-email", body, { "x-l": "zh" })).toEqual(refusal("USER.0036", "邮箱已存在"));
});

test("an operation that does not document the error treats the number as an ordinary one", async () => {
  const mock = magical();
  expect(await sendSms(mock, "13800099435", "UPDATE_MOBILE_SMS")).toEqual(DONE);
});

test("a magic number changes nothing, and a valid request with another number succeeds", async () => {
  const mock = magical();
  const { account, signedIn } = await signedInAccount(mock);
  const change = async (mobile: string) => {
    const verify_code = await mock.codes.plant({ to: mobile, scene: "UPDATE_MOBILE_SMS" });
    return api(mock)("profile/update-mobile", { mobile, verify_code }, signedIn);
  };
  expect(await change("13800099435")).toEqual(TAKEN);
  expect(await mock.accounts.read(account.id)).toEqual(account);
  expect(await change("13800099436")).toEqual(DONE);
});

test("without the policy no number is magic, and a new sandbox has the policy off", async () => {
  for (const sandbox of [stillMock(), await magical().sandboxes.create()]) {
    expect((await sandbox.policy.read()).magic_values).toBe(false);
  }
  expect(await sendSms(stillMock(), "13800099206", "UPDATE_MOBILE_SMS")).toEqual(DONE);
});

test("after a reset the default sandbox has magic values again", async () => {
  const mock = magical();
  await mock.policy.patch({ magic_values: false });
  await mock.reset();
  expect((await mock.policy.read()).magic_values).toBe(true);
});

test("an unknown client id gets its own error, whatever the number", async () => {
  const reply = await api(magical())("profile/update-mobile", { mobile: "13800099435" }, { "x-client-id": "nobody" });
  expect(reply).toMatchObject({ body: { error_code: "IDAAS.SDK.PARAM.0003" } });
});

test("a scheduled fault comes before a magic value", async () => {
  const mock = magical();
  await mock.faults.add({ operation: "updateMobile", check: "account-gone" });
  const reply = await api(mock)("profile/update-mobile", { mobile: "13800099435" });
  expect(reply).toEqual(refusal("USER.0001", "User not found"));
});

test.each([
  [
    "update-phone's request",
    "verify-update-phone-request",
    { phonePassCodePayload: { newPhoneNumber: "13800098035" } },
    409,
  ],
  ["send-sms", "send-sms", { phoneNumber: "13800098429" }, 429],
])("GenAuth: %s gets the error that its number selects", async (_name, path, body, statusCode) => {
  expect(await genauth(magical(), path, body)).toMatchObject({ statusCode });
});

async function genauth(mock: Mock, path: string, body: unknown): Promise<unknown> {
  const headers = { "x-authing-app-id": mock.clientId };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await mock.fetch(`http://ciam.test/api/v3/${path}`, init)).json();
}

/** The field in which an operation takes a number or an address. */
const FIELD_OF: Readonly<Record<string, string>> = {
  verifyCaptcha: "sender",
  sendSms: "mobile",
  sendEmail: "email",
  loginByMobileCode: "mobile",
  updateMobile: "mobile",
  updateEmail: "email",
  resetPasswordByMobile: "mobile",
  genauthSendSms: "phoneNumber",
  genauthVerifyUpdatePhoneRequest: "newPhoneNumber",
};

const takers = (await stillMock().catalogue.read()).operations.flatMap((operation) => {
  const field = FIELD_OF[operation.operation];
  return field === undefined ? [] : [{ ...operation, field }];
});

test("the fields that select errors are those marked in openapi.yaml", () => {
  const marked = Object.values(openapi.components.schemas).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, schema]) => (Object(schema)["x-ciam-receiver"] ? [name] : [])),
  );
  expect(new Set(marked)).toEqual(new Set(Object.values(FIELD_OF)));
  expect(takers).toHaveLength(Object.keys(FIELD_OF).length);
});

test.each(takers)("every documented error of $operation has an ending and is returned for it", async (operation) => {
  const mock = magical();
  for (const { error, magic_suffix } of operation.errors) {
    expect(magic_suffix).toMatch(/^9[89]\d{3}$/);
    const receiver = operation.field === "email" ? `a${magic_suffix}@example.com` : `138000${magic_suffix}`;
    const inner = operation.field === "newPhoneNumber" ? { phonePassCodePayload: { newPhoneNumber: receiver } } : {};
    const response = await mock.fetch(`http://ciam.test${operation.path}`, {
      method: operation.method,
      headers: { "x-client-id": mock.clientId, "x-authing-app-id": mock.clientId },
      body: JSON.stringify({ [operation.field]: receiver, ...inner }),
    });
    const { error_code, statusCode, apiCode } = await response.json();
    expect(error_code ?? (apiCode === undefined ? String(statusCode) : `${statusCode}/${apiCode}`)).toBe(error);
  }
});

test("operations without a number and an address have no endings", async () => {
  const { operations } = await stillMock().catalogue.read();
  const others = operations.filter(({ operation }) => !(operation in FIELD_OF));
  expect(others.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(["getCaptcha", "updatePasswordByMobile", "genauthUpdatePhone", "genauthGetProfile"]),
  );
  for (const { errors } of others) expect(errors.filter(({ magic_suffix }) => magic_suffix !== null)).toEqual([]);
});

test("any value of a field gives at most an error", async () => {
  const mock = magical();
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (mobile, nested) => {
      const { status } = await api(mock)("profile/update-mobile", { mobile, nested });
      expect(status).toBe(400);
    }),
  );
});

test("createMock refuses an unknown policy key with a message that names it", () => {
  const policy = { code_length: 4, magic_value: true };
  expect(() => stillMock({ policy })).toThrow('policy has no "magic_value"');
});
