/** Each check of each operation in both languages, and which of two mistakes is reported. */
import { expect, test } from "vitest";
import { SEND_MISTAKES, UPDATE_MISTAKES, VERIFY_MISTAKES } from "../../../support/genauth/call-mistakes.ts";
import {
  readingProfile,
  refused,
  sendingSms,
  success,
  tokenFor,
  tokenIn,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { expectGenauthRefused, SIGNED_IN_MISTAKES } from "../../../support/genauth/mistakes.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { pairsOf } from "../../../support/mock/mistakes.ts";
import { operations } from "../../spec/documents.ts";

const CALLS = [
  { operation: "genauthSendSms", prepare: sendingSms, mistakes: SEND_MISTAKES },
  { operation: "genauthVerifyUpdatePhoneRequest", prepare: verifying, mistakes: VERIFY_MISTAKES },
  { operation: "genauthUpdatePhone", prepare: updatingPhone, mistakes: UPDATE_MISTAKES },
  { operation: "genauthGetProfile", prepare: readingProfile, mistakes: SIGNED_IN_MISTAKES },
];

test.each(CALLS)(
  "$operation: the mistakes below are the checks of openapi.yaml, in the same order",
  ({ operation, mistakes: faults }) => {
    const entry = operations.find(({ operationId }) => operationId === operation);
    // Only a scheduled fault makes the gateway refuse: faults.test.ts.
    const checks = entry?.["x-ciam-checks"].filter((name) => name !== "gateway-down");
    expect(faults.map(({ check }) => check)).toEqual(checks);
  },
);

test.each(CALLS)("$operation: the request without mistakes succeeds", async ({ prepare }) => {
  const { send } = await prepare();
  expect(await send()).toMatchObject({ status: 200, body: { statusCode: 200 } });
});

const single = CALLS.flatMap((call) => call.mistakes.map((mistake) => ({ ...call, check: mistake.check, mistake })));

test.each(single)(
  "$operation: $check returns $mistake.code in both languages and changes no account",
  async (given) => {
    await expectGenauthRefused(await given.prepare(), given.mistake);
  },
);

const pairs = CALLS.flatMap((call) => pairsOf(call.mistakes).map((pair) => ({ ...call, ...pair })));

test.each(pairs)("$operation: $earlier.check is reported before $later.check", async ({ prepare, earlier, later }) => {
  await expectGenauthRefused(await prepare(), earlier, later);
});

test("a foreign token that is used and expired is reported as foreign", async () => {
  const { mock, bystander, bystanderSignedIn, send } = await updatingPhone();
  const updatePhoneToken = await tokenFor(mock, mock, bystander, "15201657313");
  expect(await send({ body: { updatePhoneToken }, headers: bystanderSignedIn })).toEqual(success({ success: true }));
  await mock.clock.advance({ seconds: 60 });
  expect(await send({ body: { updatePhoneToken } })).toEqual(refused("400", "updatePhoneToken is invalid"));
  expect(await lastDecision(mock)).toBe("update-token-foreign");
});

test("a used token that is expired is reported as used", async () => {
  const { mock, send } = await updatingPhone();
  await send();
  await mock.clock.advance({ seconds: 60 });
  expect(await send()).toEqual(refused("400", "updatePhoneToken is invalid"));
  expect(await lastDecision(mock)).toBe("update-token-used");
});

test("a used code that is expired is reported as used", async () => {
  const { mock, send } = await verifying();
  await tokenIn(send());
  await mock.clock.advance({ seconds: 60 });
  expect(await send()).toEqual(refused("400/2001", "Incorrect verification code"));
  expect(await lastDecision(mock)).toBe("code-used");
});
