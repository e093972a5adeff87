/** The policy `mobile_spellings`: which spellings of a number the operations accept. */
import { expect, test } from "vitest";
import { DONE, MOBILE, refusal, requestSms, stillMock } from "../../../support/mock/api.ts";
import { controlHttp } from "../../../support/mock/control-http.ts";
import { lastDecision, lastExchange } from "../../../support/mock/journal.ts";
import { loggingIn, resettingPassword, updatingMobile } from "../../../support/mock/situations.ts";

const SPELLINGS = [
  ["plain", (number: string) => [number, `-${number}`]],
  ["joined", (number: string) => [`+86${number}`]],
  ["dashed", (number: string) => [`+86-${number}`]],
] as const;

const CALLS = [
  { name: "updateMobile", prepare: updatingMobile, code: "USER.0020" },
  { name: "loginByMobileCode", prepare: loggingIn, code: "USER.0020" },
  { name: "resetPasswordByMobile", prepare: resettingPassword, code: "USER.0001" },
];

const cases = CALLS.flatMap((call) => SPELLINGS.map(([accepted]) => ({ ...call, accepted })));

test.each(cases)("$name: with mobile_spellings [$accepted], other spellings are refused", async (row) => {
  const { prepare, accepted, code } = row;
  const { mock, to, send } = await prepare();
  await mock.policy.patch({ mobile_spellings: [accepted], update_pwd_requires_area_code: false });
  for (const [spelling, write] of SPELLINGS) {
    if (spelling === accepted) continue;
    for (const mobile of write(to)) {
      expect(await send({ body: { mobile } })).toMatchObject({ body: { error_code: `IDAAS.SDK.${code}` } });
    }
  }
  const [, write] = SPELLINGS.find(([spelling]) => spelling === accepted) ?? SPELLINGS[0];
  expect(await send({ body: { mobile: write(to)[0] } })).toMatchObject({ status: 200 });
});

test("sms/send: with mobile_spellings, a number in another spelling gets no message", async () => {
  const mock = stillMock({ policy: { mobile_spellings: ["dashed"] } });
  expect(await requestSms(mock, MOBILE, "BIND_MOBILE_SMS")).toMatchObject({ status: 400 });
  expect(await lastDecision(mock)).toBe("receiver-undeliverable");
  expect((await lastExchange(mock))?.why).toBe(
    "numbers that are written like 15201657312 are not accepted (mobile_spellings)",
  );
  expect(await requestSms(mock, "+86-15201657312", "BIND_MOBILE_SMS")).toEqual(DONE);
});

test("GenAuth, the control calls and the inbox take every number whatever the mobile_spellings", async () => {
  const mock = stillMock({ policy: { mobile_spellings: ["joined"] } });
  const response = await mock.fetch("http://ciam.test/api/v3/send-sms", {
    method: "POST",
    headers: { "content-type": "application/json", "x-authing-app-id": mock.clientId },
    body: JSON.stringify({ channel: "CHANNEL_LOGIN", phoneNumber: MOBILE }),
  });
  expect(await response.json()).toMatchObject({ statusCode: 200 });
  expect(await mock.messages.list({ to: MOBILE })).toHaveLength(1);
  expect(await mock.accounts.create({ mobile: MOBILE })).toMatchObject({ mobile: "+86-15201657312" });
});

test.each([
  [["plain"], 'mobile_spellings needs "joined" or "dashed" while update_pwd_requires_area_code is true'],
  [[], "mobile_spellings"],
  [["plain", "dotted"], "mobile_spellings"],
  [["plain", "dashed", "dashed"], "mobile_spellings"],
  ["plain", "mobile_spellings"],
])("mobile_spellings %j is refused", async (mobile_spellings, detail) => {
  const { refused } = controlHttp(stillMock());
  const problem = await refused("patchPolicy", { body: { mobile_spellings } });
  expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining(detail) });
});

test("mobile_spellings may be plain alone if UPDATE_PWD_SMS takes numbers without their area code", async () => {
  const mock = stillMock();
  const policy = { mobile_spellings: ["plain" as const], update_pwd_requires_area_code: false };
  expect(await mock.policy.patch(policy)).toMatchObject(policy);
  await expect(mock.policy.patch({ update_pwd_requires_area_code: null })).rejects.toThrow("mobile_spellings needs");
  await mock.accounts.create({ mobile: MOBILE });
  expect(await requestSms(mock, MOBILE, "UPDATE_PWD_SMS")).toEqual(DONE);
  expect(await requestSms(mock, "+86-15201657312", "UPDATE_PWD_SMS")).toEqual(
    refusal("CAPTCHA.0006", "Failed to send verification code"),
  );
});
