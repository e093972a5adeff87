/** The whole control protocol of the foreign backend: what each call arranges, seen through the API. */
import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { control as controlDocument } from "../unit/spec/documents.ts";
import { withOptions } from "./options.ts";
import { EVERYTHING } from "./presets.ts";
import { DONE, refusal, visitor } from "./visitor.ts";

const MOBILE = "15201657312";
const NEW_MOBILE = "13900000002";
const UPDATE = "profile/update-mobile";

const whole = () => visitor({ choices: EVERYTHING });

function fits(name: string, value: unknown): void {
  const { components } = controlDocument;
  const schema = { $ref: `#/components/schemas/${name}`, components };
  const { valid, errors } = new Validator(schema, "2020-12").validate(value);
  expect({ name, valid, errors }).toEqual({ name, valid: true, errors: [] });
}

test("it offers every capability that a case can need, and both systems", async () => {
  const { control } = await whole();
  const { body } = await control("GET", "");
  fits("Target", body);
  expect(body).toMatchObject({ dialects: ["bamboocloud", "genauth"], capabilities: expect.arrayContaining(["clock"]) });
});

test("a planted code changes a number once, and replaces the one before it", async () => {
  const { control, signedInAccount, api } = await whole();
  const { signedIn } = await signedInAccount({ mobile: MOBILE });
  const plant = (code: string) =>
    control("POST", "/codes", { to: `+86-${NEW_MOBILE}`, scene: "UPDATE_MOBILE_SMS", code });
  const planted = await plant("111111");
  expect(planted).toMatchObject({ status: 201, body: { code: "111111" } });
  fits("PlantedCode", planted.body);
  await plant("222222");
  const change = (verify_code: string) => api(UPDATE, { mobile: NEW_MOBILE, verify_code }, signedIn);
  expect(await change("111111")).toEqual(refusal("CAPTCHA.0007", "验证码不正确"));
  expect(await change("222222")).toEqual(DONE);
  expect(await change("222222")).toEqual(refusal("CAPTCHA.0007", "验证码不正确"));
});

test("a code that is planted as expired is not valid", async () => {
  const { control, signedInAccount, api } = await whole();
  const { signedIn } = await signedInAccount({ mobile: MOBILE });
  const order = { to: NEW_MOBILE, scene: "UPDATE_MOBILE_SMS", code: "111111", expires_in: 0 };
  expect((await control("POST", "/codes", order)).status).toBe(201);
  const changed = await api(UPDATE, { mobile: NEW_MOBILE, verify_code: "111111" }, signedIn);
  expect(changed).toEqual(refusal("CAPTCHA.0007", "验证码不正确"));
});

test("the clock advances, stands still and can be set, for one sandbox only", async () => {
  const { control } = await whole();
  const { body } = await control("POST", "/sandboxes", {});
  const { client_id } = body as { client_id: string };
  const own = { "x-client-id": client_id };
  const advanced = await control("POST", "/clock", { advance_seconds: 3600 }, own);
  fits("Clock", advanced.body);
  expect(advanced.body).toMatchObject({ offset_seconds: 3600, frozen: false });
  expect((await control("GET", "/clock")).body).toMatchObject({ offset_seconds: 0 });
  const frozen = await control("POST", "/clock", { set: "2040-01-01T00:00:00Z", frozen: true }, own);
  expect(frozen.body).toMatchObject({ now: "2040-01-01T00:00:00Z", frozen: true });
  const later = await control("POST", "/clock", { advance_seconds: 60 }, own);
  expect(later.body).toMatchObject({ now: "2040-01-01T00:01:00Z", frozen: true });
});

test("a sandbox has accounts of its own, and ends when it is closed", async () => {
  const { control, api } = await whole();
  const { body, status } = await control("POST", "/sandboxes", { client_id: "second" });
  expect({ body, status }).toEqual({ body: { client_id: "second" }, status: 201 });
  const own = { "x-client-id": "second" };
  expect((await control("POST", "/accounts", { mobile: MOBILE }, own)).status).toBe(201);
  expect((await control("POST", "/accounts", { mobile: MOBILE })).status).toBe(201);
  expect((await control("POST", "/sandboxes", { client_id: "second" })).status).toBe(409);
  expect((await api("captcha", undefined, own)).status).toBe(200);
  expect((await control("DELETE", "/sandboxes/second")).status).toBe(204);
  expect((await api("captcha", undefined, own)).body).toMatchObject({ error_code: "IDAAS.SDK.PARAM.0003" });
});

test("a fault makes the next request of its operation fail, by check, by error or by status", async () => {
  const { control, api } = await whole();
  const orders = [
    { check: "gateway-down" },
    { error: "IDAAS.SDK.CAPTCHA.0005" },
    { status: 503, body: { down: true } },
  ];
  for (const order of orders) {
    const added = await control("POST", "/faults", { operation: "sendSms", ...order });
    expect(added.status).toBe(201);
    fits("Fault", added.body);
  }
  expect((await api("sms/send", {})).body).toMatchObject({ error_code: "IDAAS.SDK.CAPTCHA.0006" });
  expect((await api("sms/send", {})).body).toMatchObject({ error_code: "IDAAS.SDK.CAPTCHA.0005" });
  expect(await api("sms/send", {})).toMatchObject({ status: 503, body: { down: true } });
  expect((await api("sms/send", {})).body).toMatchObject({ error_code: "IDAAS.SDK.USER.0004" });
});

test.each([
  [{ operation: "sendSms" }],
  [{ operation: "sendSms", check: "no-such-check" }],
  [{ operation: "sendSms", error: "IDAAS.SDK.NO.0001" }],
  [{ operation: "noSuchOperation", check: "gateway-down" }],
  [{ operation: "sendSms", transport: "reset" }],
])("the fault %j is refused", async (order) => {
  const { control } = await whole();
  expect((await control("POST", "/faults", order)).status).toBe(400);
});

test("the policy can be read and changed, for both systems or one, and null restores a default", async () => {
  const { control } = await whole();
  const before = await control("GET", "/policy");
  fits("Policy", before.body);
  expect(before.body).toMatchObject({ code_resend_seconds: 45, code_length: 8, genauth: { code_resend_seconds: 60 } });
  const patch = { code_resend_seconds: 5, genauth: { code_ttl_seconds: 7 } };
  const changed = await control("PATCH", "/policy", patch);
  fits("Policy", changed.body);
  expect(changed.body).toMatchObject(patch);
  expect(changed.body).not.toHaveProperty("genauth.code_resend_seconds");
  const restored = await control("PATCH", "/policy", {
    code_resend_seconds: null,
    genauth: { code_ttl_seconds: null },
  });
  expect(restored.body).toEqual(before.body);
});

test.each([[{}], [{ no_such_key: 1 }], [{ code_resend_seconds: -1 }], [{ send_to_unknown: "maybe" }], [[]]])(
  "the policy %j is refused",
  async (patch) => {
    const { control } = await whole();
    expect((await control("PATCH", "/policy", patch)).status).toBe(400);
  },
);

test("a pass token without a captcha lets one message go to its sender", async () => {
  const { control, api } = await whole();
  const issued = await control("POST", "/captcha-tokens", { sender: MOBILE });
  fits("CaptchaToken", issued.body);
  const { captcha_token } = issued.body as { captcha_token: string };
  const message = { mobile: MOBILE, type: "REGISTER_SMS", captcha_token };
  expect(await api("sms/send", message)).toEqual(DONE);
  expect((await api("sms/send", message)).body).toMatchObject({ error_code: "IDAAS.SDK.CAPTCHA.0003" });
});

test("what a variant leaves out is not offered, and a refused subject gets its status", async () => {
  const options = { capabilities: ["policy", "accounts", "tokens"] as const, notOffered: 501 };
  const controlRefusals = { "policy code_length": 404, "expired tokens": 501 };
  const { control } = await visitor({ choices: withOptions(EVERYTHING, { ...options, controlRefusals }) });
  expect((await control("GET", "/clock")).status).toBe(501);
  expect((await control("PATCH", "/policy", { code_length: 4 })).status).toBe(404);
  expect((await control("PATCH", "/policy", { code_ttl_seconds: 4 })).status).toBe(200);
  const { body } = await control("POST", "/accounts", { mobile: MOBILE });
  const { id } = body as { id: string };
  expect((await control("POST", `/accounts/${id}/tokens`, { expires_in: 0 })).status).toBe(501);
  expect((await control("POST", `/accounts/${id}/tokens`, {})).status).toBe(201);
});
