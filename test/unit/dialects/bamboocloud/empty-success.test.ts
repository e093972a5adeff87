/** The policy `empty_success`: the body of a success for which the pages print none. */
import { expect, test } from "vitest";
import { DONE, stillMock } from "../../../support/mock/api.ts";
import { EMAIL, SMS, sendCode } from "../../../support/mock/sending.ts";
import {
  loggingIn,
  resettingPassword,
  updatingEmail,
  updatingMobile,
  updatingPassword,
} from "../../../support/mock/situations.ts";

const EMPTY_OBJECT = { status: 200, body: {} };

test.each([
  ["updateMobile", updatingMobile],
  ["updateEmail", updatingEmail],
  ["updatePasswordByMobile", updatingPassword],
  ["resetPasswordByMobile", resettingPassword],
])("%s: under empty_success empty-object the body is {}", async (_name, prepare) => {
  const { mock, send } = await prepare();
  await mock.policy.patch({ empty_success: "empty-object" });
  expect(await send()).toEqual(EMPTY_OBJECT);
});

test.each([
  ["sms", SMS],
  ["email", EMAIL],
])("%s/send: under empty_success empty-object the body is {}, by default there is none", async (_path, on) => {
  const mock = stillMock();
  expect(await sendCode(mock, on)).toEqual(DONE);
  await mock.policy.patch({ empty_success: "empty-object" });
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(EMPTY_OBJECT);
});

test("the {} of empty_success is JSON", async () => {
  const { mock, path, body, headers } = await updatingEmail();
  await mock.policy.patch({ empty_success: "empty-object" });
  const response = await mock.fetch(`http://ciam.test/api/v2/sdk/${path}`, {
    method: "POST",
    headers: {
      ...headers,
      "x-operating-sys-version": "1",
      "x-device-fingerprint": "1",
      "x-agent": "1",
      "x-client-id": mock.clientId,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.text()).toBe("{}");
});

test("empty_success does not change a success with a printed body", async () => {
  const { mock, send } = await loggingIn();
  await mock.policy.patch({ empty_success: "empty-object" });
  expect(await send()).toMatchObject({ status: 200, body: { status: "SUCCESS" } });
});
