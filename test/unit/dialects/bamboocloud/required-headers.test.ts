/** The headers that every call with a code requires; id-token.test.ts covers Authorization. */
import { expect, test } from "vitest";
import { DEVICE, DONE, refusal } from "../../../support/mock/api.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import {
  loggingIn,
  resettingPassword,
  updatingEmail,
  updatingMobile,
  updatingPassword,
} from "../../../support/mock/situations.ts";

const CALLS = [
  { name: "updateMobile", prepare: updatingMobile },
  { name: "updateEmail", prepare: updatingEmail },
  { name: "loginByMobileCode", prepare: loggingIn },
  { name: "updatePasswordByMobile", prepare: updatingPassword },
  { name: "resetPasswordByMobile", prepare: resettingPassword },
];

const ABSENT_OR_BLANK = [
  { how: "absent", value: "" },
  { how: "blank", value: "   " },
];

const DEVICE_CASES = CALLS.flatMap((call) =>
  Object.keys(DEVICE).flatMap((header) => ABSENT_OR_BLANK.map((value) => ({ ...call, header, ...value }))),
);

test.each(DEVICE_CASES)("$name without its $header ($how) reports incomplete device information", async (given) => {
  const situation = await given.prepare();
  const before = await accountsOf(situation);
  const headers = { [given.header]: given.value };
  expect(await situation.send({ headers })).toEqual(refusal("PARAM.0001", "Device information is incomplete"));
  expect(await situation.send({ headers: { ...headers, "x-l": "zh" } })).toEqual(
    refusal("PARAM.0001", "设备信息不完整"),
  );
  expect(await accountsOf(situation)).toEqual(before);
});

test.each(CALLS.flatMap((call) => ABSENT_OR_BLANK.map((value) => ({ ...call, ...value }))))(
  "$name without a client id ($how) reports a missing client id",
  async ({ prepare, value }) => {
    const { send } = await prepare();
    const headers = { "x-client-id": value };
    expect(await send({ headers })).toEqual(refusal("PARAM.0002", "clientId cannot be empty"));
    expect(await send({ headers: { ...headers, "x-l": "zh" } })).toEqual(refusal("PARAM.0002", "clientId不能为空"));
  },
);

const UNREGISTERED = refusal("PARAM.0003", "The app is not registered, please register the app first");

test.each(CALLS)("$name with an unknown client id reports an unregistered application", async ({ prepare }) => {
  const { mock, send } = await prepare();
  const headers = { "x-client-id": "nobody" };
  expect(await send({ headers })).toEqual(UNREGISTERED);
  const zh = "应用未注册,请先注册应用";
  expect(await send({ headers: { ...headers, "x-l": "zh" } })).toEqual(refusal("PARAM.0003", zh));
  expect(await send({ headers: { "x-client-id": mock.clientId.toLowerCase() } })).toEqual(UNREGISTERED);
});

test("the client id of a deleted sandbox is unknown", async () => {
  const { mock, send } = await updatingMobile();
  const { clientId } = await mock.sandboxes.create();
  await mock.sandboxes.delete(clientId);
  expect(await send({ headers: { "x-client-id": clientId } })).toEqual(UNREGISTERED);
});

const SPELLINGS = [
  { spelling: "as the pages print them", write: printed },
  { spelling: "in lower case", write: (name: string) => name.toLowerCase() },
  { spelling: "in upper case", write: (name: string) => name.toUpperCase() },
];

test.each(CALLS.flatMap((call) => SPELLINGS.map((spelling) => ({ ...call, ...spelling }))))(
  "$name accepts its header names $spelling",
  async ({ prepare, write }) => {
    const { mock, path, body, headers } = await prepare();
    const all = { ...DEVICE, ...headers, "x-client-id": mock.clientId, "content-type": "application/json" };
    const response = await mock.fetch(`https://ciam.test/api/v2/sdk/${path}`, {
      method: "POST",
      headers: Object.entries(all).map(([name, value]): [string, string] => [write(name), value]),
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  },
);

/** `X-client-id`, `Authorization` and the like. */
function printed(name: string): string {
  return name[0]?.toUpperCase() + name.slice(1);
}

const ANY_DEVICE = { "x-operating-sys-version": "-", "x-device-fingerprint": "?", "x-agent": "0" };

test.each(CALLS)(
  "$name accepts any value of the device headers and does not need X-device-ip and X-L",
  async (call) => {
    const { send } = await call.prepare();
    expect(await send({ headers: ANY_DEVICE })).toMatchObject({ status: 200 });
  },
);

const WITHOUT_RESPONSE = CALLS.filter(({ name }) => name !== "loginByMobileCode");

test.each(WITHOUT_RESPONSE)("$name returns an empty body on success", async ({ prepare }) => {
  const { send } = await prepare();
  expect(await send()).toEqual(DONE);
});
