/** GET get-profile: the signed-in account, with its number in two fields. */
import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { genauth, readingProfile, success, updatingPhone } from "../../../support/genauth/genauth.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { openapi } from "../../spec/documents.ts";

const PROFILE = {
  createdAt: "1970-01-01T00:00:00.000Z",
  updatedAt: "1970-01-01T00:00:00.000Z",
  status: "Activated",
  workStatus: "Active",
  gender: "U",
  userSourceType: "register",
};

/** The profile of a new account. */
async function profileOf(seed: { mobile?: string; email?: string; username?: string; name?: string }) {
  const mock = stillMock();
  const { id } = await mock.accounts.create(seed);
  const { accessToken: authorization } = await mock.accounts.issueTokens(id);
  return { id, reply: await genauth(mock)("get-profile", undefined, { authorization }) };
}

test("the profile of a complete account shows every field", async () => {
  const seed = { mobile: "13800000001", email: "river@ciam.test", username: "skylark", name: "张三" };
  const { id, reply } = await profileOf(seed);
  const phone = { phone: "13800000001", phoneCountryCode: "+86", phoneVerified: true };
  const { mobile: _inTwoMembers, ...others } = seed;
  expect(reply).toEqual(success({ ...PROFILE, userId: id, ...phone, ...others, emailVerified: true }));
});

test("the profile of an empty account has null fields and nothing verified", async () => {
  const { id, reply } = await profileOf({});
  const nothing = { phone: null, phoneCountryCode: null, email: null, username: null, name: null };
  expect(reply).toEqual(success({ ...PROFILE, userId: id, ...nothing, phoneVerified: false, emailVerified: false }));
});

test.each([
  ["+852-51234567", "51234567", "+852"],
  ["+1-2025550123", "2025550123", "+1"],
])("the number %s is shown as %s with %s in a separate field", async (mobile, phone, phoneCountryCode) => {
  expect((await profileOf({ mobile })).reply).toMatchObject({ body: { data: { phone, phoneCountryCode } } });
});

test.each([{}, { mobile: "13800000001", email: "river@ciam.test" }])(
  "the response for %j fits openapi.yaml",
  async (seed) => {
    const { reply } = await profileOf(seed);
    const { components } = openapi;
    const schema = { $ref: "#/components/schemas/GenauthProfile", components };
    expect(new Validator(schema as object, "2020-12").validate(reply.body)).toEqual({ valid: true, errors: [] });
  },
);

test("unknown query parameters of the SDK are ignored", async () => {
  const { mock, send, signedIn } = await readingProfile();
  const plain = (await send()).body as { data: unknown };
  const path = "get-profile?withCustomData=false&withIdentities=false&withDepartmentIds=false";
  expect(await genauth(mock)(path, undefined, signedIn)).toMatchObject({ body: { data: plain.data } });
  const odd = "get-profile?withCustomData=maybe&more";
  expect(await genauth(mock)(odd, undefined, signedIn)).toMatchObject({ body: { data: plain.data } });
});

test("the profile shows a change immediately", async () => {
  const { mock, signedIn, send } = await updatingPhone();
  const read = () => genauth(mock)("get-profile", undefined, signedIn);
  expect(await read()).toMatchObject({ body: { data: { phone: "13800000001" } } });
  await send();
  expect(await read()).toMatchObject({ body: { data: { phone: "15201657312", phoneCountryCode: "+86" } } });
});
