/** Scheduled GenAuth errors: by check name or by code, what follows, and what cannot be scheduled. */
import { expect, test } from "vitest";
import { SEND_MISTAKES, UPDATE_MISTAKES, VERIFY_MISTAKES } from "../../../support/genauth/call-mistakes.ts";
import {
  CHINESE,
  genauth,
  NEW_PHONE,
  readingProfile,
  refused,
  sendingSms,
  success,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { type GenauthMistake, SIGNED_IN_MISTAKES } from "../../../support/genauth/mistakes.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { lastExchange } from "../../../support/mock/journal.ts";
import { operations } from "../../spec/documents.ts";

/** Only a scheduled fault makes the gateway refuse. */
const GATEWAY_DOWN: Omit<GenauthMistake, "spoil" | "parts"> = {
  check: "gateway-down",
  code: "500",
  en: "Failed to send the verification code",
  zh: "验证码发送失败",
};

const CALLS = [
  { operation: "genauthSendSms", prepare: sendingSms, errors: [...SEND_MISTAKES, GATEWAY_DOWN] },
  { operation: "genauthVerifyUpdatePhoneRequest", prepare: verifying, errors: VERIFY_MISTAKES },
  { operation: "genauthUpdatePhone", prepare: updatingPhone, errors: UPDATE_MISTAKES },
  { operation: "genauthGetProfile", prepare: readingProfile, errors: SIGNED_IN_MISTAKES },
];

test.each(CALLS)("$operation: the list below has every error of the operation", ({ operation, errors }) => {
  const entry = operations.find(({ operationId }) => operationId === operation);
  expect(errors.map(({ check }) => check)).toEqual(entry?.["x-ciam-checks"]);
});

const single = CALLS.flatMap(({ errors, ...call }) => errors.map((error) => ({ ...call, ...error })));

test.each(single)("$operation: $check can be scheduled twice, then the request succeeds", async (given) => {
  const { operation, prepare, check, code, en, zh } = given;
  const { mock, account, send } = await prepare();
  await mock.faults.add({ operation, check, times: 2 });
  expect(await send()).toEqual(refused(code, en));
  expect(await send({ headers: CHINESE })).toEqual(refused(code, zh));
  expect(await lastExchange(mock)).toMatchObject({ operation, decidedBy: check, injected: true });
  expect(await mock.accounts.read(account.id)).toEqual(account);
  expect(await send()).toMatchObject({ status: 200, body: { statusCode: 200 } });
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: "passed", injected: false });
});

/** Each code of an operation once, with the first check that has it. */
const byCode = CALLS.flatMap(({ errors, ...call }) =>
  [...new Map(errors.toReversed().map((error) => [error.code, error]))].map(([, error]) => ({ ...call, ...error })),
);

test("codes are a statusCode, with the apiCode after a slash", () => {
  expect(byCode.map(({ code }) => code)).toEqual(expect.arrayContaining(["400", "409/2035", "429", "500", "400/2300"]));
});

test.each(byCode)("$operation: the error $code can be scheduled by its code, and means $check", async (given) => {
  const { operation, prepare, check, code, en } = given;
  const { mock, send } = await prepare();
  await mock.faults.add({ operation, error: code });
  expect(await send()).toEqual(refused(code, en));
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: check, injected: true });
  expect(await send()).toMatchObject({ body: { statusCode: 200 } });
});

test("an error can be scheduled by check and code together when they belong together", async () => {
  const { mock, send } = await updatingPhone();
  const operation = "genauthUpdatePhone";
  await mock.faults.add({ operation, check: "update-token-expired", error: "400" });
  expect(await send()).toEqual(refused("400", "updatePhoneToken has expired"));
  const wrong = mock.faults.add({ operation, check: "update-token-expired", error: "409/2035" });
  await expect(wrong).rejects.toThrow("genauthUpdatePhone never fails with update-token-expired as 409/2035");
});

test.each([
  ["genauthSendSms", "409/2035"],
  ["genauthUpdatePhone", "409"],
  ["genauthUpdatePhone", "2035"],
  ["genauthUpdatePhone", "400/2001"],
  ["genauthGetProfile", "400/*"],
  ["genauthGetProfile", "IDAAS.SDK.USER.0001"],
  ["updateMobile", "409/2035"],
])("%s cannot be scheduled to return %s, which it never returns", async (operation, error) => {
  const mock = stillMock();
  await expect(mock.faults.add({ operation, error })).rejects.toThrow(`${operation} never fails with ${error}`);
});

test("under policy genauth_http_status mirror a scheduled error is mirrored too", async () => {
  const { mock, send } = await updatingPhone();
  await mock.policy.patch({ genauth_http_status: "mirror" });
  await mock.faults.add({ operation: "genauthUpdatePhone", error: "409/2035" });
  expect(await send()).toEqual(refused("409/2035", "The phone number is bound already", 409));
});

test("a custom response can be scheduled", async () => {
  const { mock, send } = await updatingPhone();
  const body = { statusCode: 503, message: "maintenance" };
  await mock.faults.add({ operation: "genauthUpdatePhone", status: 503, body });
  expect(await send()).toEqual({ status: 503, body });
  expect(await send()).toEqual(success({ success: true }));
});

test("an error scheduled in one sandbox does not affect others", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await other.faults.add({ operation: "genauthSendSms", check: "gateway-down" });
  const body = { channel: "CHANNEL_LOGIN", phoneNumber: NEW_PHONE };
  expect(await genauth(mock)("send-sms", body)).toEqual(success());
  expect(await genauth(mock, other)("send-sms", body)).toEqual(refused("500", "Failed to send the verification code"));
});
