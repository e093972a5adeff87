/**
 * The GenAuth schemas in openapi.yaml against the types of the vendor's SDK, which the vendor generates from its own
 * description.
 */
import type { Schema } from "@cfworker/json-schema";
import { Models } from "authing-node-sdk";
import { expect, test } from "vitest";
import { fieldsOf } from "../../support/genauth/sdk-types.ts";
import { openapi } from "./documents.ts";

/** Our schema, and the SDK's type for it. */
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

/** Differences from the SDK's types: an apiCode never comes with a success, and the page of updatePhone shows no data. */
const NOT_OURS = ["apiCode"];
const ALSO_OPTIONAL: Readonly<Record<string, readonly string[]>> = { GenauthUpdated: ["data"] };

const schemaOf = (name: string): Schema => openapi.components.schemas[name] ?? {};

function fieldOf(name: string, field: string): Schema {
  const found = schemaOf(name).properties?.[field];
  return typeof found === "object" ? found : {};
}

test.each(PAIRS)("%s has the fields of %s and requires the same ones", (name, dto) => {
  const isOurs = ({ name: field }: { name: string }) => name === "GenauthRefusal" || !NOT_OURS.includes(field);
  const fields = fieldsOf(dto).filter(isOurs);
  expect(fields.length).toBeGreaterThan(0);
  const { properties = {}, required = [] } = schemaOf(name);
  expect(Object.keys(properties).sort()).toEqual(fields.map((field) => field.name).sort());
  const demanded = fields.filter((field) => field.required && !ALSO_OPTIONAL[name]?.includes(field.name));
  expect([...required].sort()).toEqual(demanded.map((field) => field.name).sort());
});

/** TypeScript's type names and JSON Schema's; enums and objects are compared separately. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ["string"],
  number: ["integer", "number"],
  boolean: ["boolean"],
  "Array<string>": ["array"],
  "Array<IdentityDto>": ["array"],
};

const plain = PAIRS.flatMap(([name, dto]) =>
  fieldsOf(dto)
    .filter(({ name: field, type }) => TYPES[type] !== undefined && schemaOf(name).properties?.[field] !== undefined)
    .map((field) => ({ schema: name, dto, ...field })),
);

test("most fields have plain types", () => {
  expect(plain.length).toBeGreaterThan(70);
});

test.each(plain)(
  "$schema.$name is $type, as in $dto; null only where it may be absent",
  ({ schema, name, type, required }) => {
    const declared = [fieldOf(schema, name).type].flat();
    expect(TYPES[type]).toEqual(expect.arrayContaining(declared.filter((one) => one !== "null")));
    if (required) expect(declared).not.toContain("null");
  },
);

test.each([
  ["channel of sendSms", schemaOf("GenauthChannel").enum, Models.SendSMSDto.channel],
  [
    "verifyMethod of verifyUpdatePhoneRequest",
    fieldOf("GenauthVerifyUpdatePhoneRequest", "verifyMethod").enum,
    Models.VerifyUpdatePhoneRequestDto.verifyMethod,
  ],
  ["status of a user", fieldOf("GenauthUser", "status").enum, Models.UserDto.status],
  ["workStatus of a user", fieldOf("GenauthUser", "workStatus").enum, Models.UserDto.workStatus],
  ["gender of a user", fieldOf("GenauthUser", "gender").enum, Models.UserDto.gender],
  ["userSourceType of a user", fieldOf("GenauthUser", "userSourceType").enum, Models.UserDto.userSourceType],
])("the values of %s are those of the SDK", (_what, ours, theirs) => {
  expect([...(ours ?? [])].sort()).toEqual(Object.values(theirs).sort());
});
