/** The schemas of GenAuth in openapi.yaml against the types of the vendor's SDK, which is generated from the vendor's own description. */
import type { Schema } from "@cfworker/json-schema";
import { Models } from "authing-node-sdk";
import { expect, test } from "vitest";
import { membersOf } from "../../support/genauth/sdk-types.ts";
import { openapi } from "./documents.ts";

/** Our schema, and the SDK's type for the same. */
const PAIRS = [
  ["GenauthSendSmsRequest", "SendSMSDto"],
  ["GenauthDone", "SendSMSRespDto"],
  ["GenauthVerifyUpdatePhoneRequest", "VerifyUpdatePhoneRequestDto"],
  ["GenauthPhonePassCodePayload", "UpdatePhoneByPhonePassCodeDto"],
  ["GenauthVerified", "VerifyUpdatePhoneRequestRespDto"],
  ["GenauthUpdatePhoneToken", "VerifyUpdatePhoneRequestData"],
  ["GenauthUpdatePhoneRequest", "UpdatePhoneDto"],
  ["GenauthUpdated", "IsSuccessRespDto"],
  ["GenauthSuccess", "IsSuccessDto"],
  ["GenauthProfile", "UserSingleRespDto"],
  ["GenauthUser", "UserDto"],
  ["GenauthRefusal", "CommonResponseDto"],
] as const;

/** Where we know better than the type: an apiCode never comes with a success, and the page of updatePhone shows no data. */
const NOT_OURS = ["apiCode"];
const ALSO_OPTIONAL: Readonly<Record<string, readonly string[]>> = { GenauthUpdated: ["data"] };

const schemaOf = (name: string): Schema => openapi.components.schemas[name] ?? {};

function memberOf(name: string, member: string): Schema {
  const found = schemaOf(name).properties?.[member];
  return typeof found === "object" ? found : {};
}

test.each(PAIRS)("%s has the fields of %s and requires the same ones", (name, dto) => {
  const isOurs = ({ name: member }: { name: string }) => name === "GenauthRefusal" || !NOT_OURS.includes(member);
  const members = membersOf(dto).filter(isOurs);
  expect(members.length).toBeGreaterThan(0);
  const { properties = {}, required = [] } = schemaOf(name);
  expect(Object.keys(properties).sort()).toEqual(members.map((member) => member.name).sort());
  const demanded = members.filter((member) => member.required && !ALSO_OPTIONAL[name]?.includes(member.name));
  expect([...required].sort()).toEqual(demanded.map((member) => member.name).sort());
});

/** What TypeScript calls a type, and what JSON Schema does; enums and objects are compared by themselves. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ["string"],
  number: ["integer", "number"],
  boolean: ["boolean"],
  "Array<string>": ["array"],
  "Array<IdentityDto>": ["array"],
};

const plain = PAIRS.flatMap(([name, dto]) =>
  membersOf(dto)
    .filter(({ name: member, type }) => TYPES[type] !== undefined && schemaOf(name).properties?.[member] !== undefined)
    .map((member) => ({ schema: name, dto, ...member })),
);

test("most fields have plain types", () => {
  expect(plain.length).toBeGreaterThan(70);
});

test.each(plain)(
  "$schema.$name is $type, as in $dto; null only where it may be absent",
  ({ schema, name, type, required }) => {
    const declared = [memberOf(schema, name).type].flat();
    expect(TYPES[type]).toEqual(expect.arrayContaining(declared.filter((one) => one !== "null")));
    if (required) expect(declared).not.toContain("null");
  },
);

test.each([
  ["channel of sendSms", schemaOf("GenauthChannel").enum, Models.SendSMSDto.channel],
  [
    "verifyMethod of verifyUpdatePhoneRequest",
    memberOf("GenauthVerifyUpdatePhoneRequest", "verifyMethod").enum,
    Models.VerifyUpdatePhoneRequestDto.verifyMethod,
  ],
  ["status of a user", memberOf("GenauthUser", "status").enum, Models.UserDto.status],
  ["workStatus of a user", memberOf("GenauthUser", "workStatus").enum, Models.UserDto.workStatus],
  ["gender of a user", memberOf("GenauthUser", "gender").enum, Models.UserDto.gender],
  ["userSourceType of a user", memberOf("GenauthUser", "userSourceType").enum, Models.UserDto.userSourceType],
])("the values of %s are those of the SDK", (_what, ours, theirs) => {
  expect([...(ours ?? [])].sort()).toEqual(Object.values(theirs).sort());
});
