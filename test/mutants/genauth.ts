/** Bugs in the GenAuth dialect: envelope, headers, access tokens and profile. Exports the other GenAuth lists as well. */
import { genauthChangeMutants } from "./genauth-change.ts";
import { genauthCodeMutants } from "./genauth-codes.ts";
import { genauthSendingMutants } from "./genauth-sending.ts";
import { genauthVerificationMutants } from "./genauth-verification.ts";
import type { Mutant } from "./mutant.ts";

const ENVELOPE = "dialects/genauth/envelope.ts";
const HEADERS = "dialects/genauth/headers.ts";
const PROFILE = "dialects/genauth/get-profile.ts";
const PHONES = "dialects/genauth/phones.ts";
const TOKENS = "dialect-kit/token-checks.ts";

const envelope: readonly Mutant[] = [
  {
    name: "a GenAuth refusal has its statusCode as HTTP status under any policy",
    file: ENVELOPE,
    find: 'policyOf(context).genauth_http_status === "mirror" ? statusCode : 200',
    put: 'policyOf(context).genauth_http_status === "" ? 200 : statusCode',
    kills: ["genauth*/client-missing", "genauth*/http-status-as-stated", "genauthSendSms/send-too-soon"],
  },
  {
    name: "the HTTP status is 200 even when the gateway mirrors",
    file: ENVELOPE,
    find: 'policyOf(context).genauth_http_status === "mirror" ? statusCode : 200',
    put: "context === undefined ? statusCode : 200",
    kills: ["genauth*/http-status-as-stated"],
  },
  {
    name: "GenAuth returns HTTP status 201 for a success",
    file: ENVELOPE,
    find: "jsonResponse(200, {",
    put: "jsonResponse(201, {",
    kills: ["genauth*/form", "*/each-new-channel", "genauth*/access-token-with-bearer"],
  },
  {
    name: "the statusCode of a success is 0",
    file: ENVELOPE,
    find: "statusCode: 200,",
    put: "statusCode: 0,",
    kills: ["genauth*/success"],
  },
  {
    name: "GenAuth returns its fields beside data, not in it",
    file: ENVELOPE,
    find: "{ data: payload }",
    put: "payload",
    kills: ["genauthVerifyUpdatePhoneRequest/success", "genauthUpdatePhone/success", "genauthGetProfile/success"],
  },
  {
    name: "the apiCode is a text, as in the older version",
    file: ENVELOPE,
    find: "{ apiCode: rest.apiCode }",
    put: "{ apiCode: String(rest.apiCode) }",
    kills: ["genauth*/access-token-missing", "genauth*/account-gone", "genauthVerifyUpdatePhoneRequest/mobile-taken"],
  },
  {
    name: "a refusal has data, as in the older version",
    file: ENVELOPE,
    find: "message: message[context.language],",
    put: "message: message[context.language],\n      data: null,",
    kills: ["genauth*/client-unknown", "genauth*/x-authing-app-id-left-out", "genauth*/phone-*-left-out"],
  },
  {
    name: "a refusal of GenAuth has no message",
    file: ENVELOPE,
    find: "message: message[context.language],",
    put: 'message: "",',
    kills: ["genauth*/client-missing", "genauthUpdatePhone/update-token-missing", "genauthUpdatePhone/mobile-taken"],
  },
];

const headers: readonly Mutant[] = [
  {
    name: "the header of the renamed SDK is unknown",
    file: HEADERS,
    find: '?? headerOf(headers, "x-genauth-app-id")',
    put: '?? headerOf(headers, "")',
    kills: ["genauth*/renamed-app-id"],
  },
  {
    name: "a missing app id is reported as an unknown application",
    file: HEADERS,
    find: "context.clientId === undefined && policyOf(context).genauth_require_app_id",
    put: 'context.clientId === ""',
    kills: ["genauth*/client-missing", "genauth*/x-authing-app-id-left-out"],
  },
  {
    name: "any app id is accepted",
    file: HEADERS,
    find: "context.clientKnown ? undefined :",
    put: "context.clientId !== undefined ? undefined :",
    kills: ["genauth*/client-unknown", "genauth*/renamed-app-id", "genauth*/client-unknown-before-*"],
  },
  {
    name: "an access token is accepted only without Bearer",
    file: HEADERS,
    find: '?.replace(/^Bearer(?:\\s+|$)/i, "")',
    put: "",
    kills: ["genauth*/access-token-with-bearer"],
  },
  {
    name: "an access token is accepted only with Bearer",
    file: HEADERS,
    find: '?.replace(/^Bearer(?:\\s+|$)/i, "")',
    put: "?.match(/^Bearer\\s+(.+)$/i)?.[1]",
    kills: ["genauthVerifyUpdatePhoneRequest/success", "genauthUpdatePhone/success", "genauthGetProfile/success"],
  },
];

const tokens: readonly Mutant[] = [
  {
    name: "a missing access token is taken for one of a deleted account",
    file: TOKENS,
    find: 'textOf(context) === undefined ? "the header Authorization is absent or has no token" : undefined,\n  };\n\n  const invalid: Check = {\n    refuses: (context) =>\n      issued(context) === undefined ?',
    put: 'textOf(context) === "" ? "" : undefined,\n  };\n\n  const invalid: Check = {\n    refuses: (context) =>\n      issued(context) === undefined && textOf(context) !== undefined ?',
    kills: ["genauth*/access-token-missing", "genauth*/authorization-left-out", "*/access-token-missing-before-*"],
  },
  {
    name: "an unknown access token is taken for one of a deleted account",
    file: TOKENS,
    find: "issued(context) === undefined ?",
    put: "issued(context) === null ?",
    kills: [
      "genauth*/access-token-invalid",
      "genauth*/access-token-altered",
      "genauth*/access-token-unsigned",
      "genauth*/access-token-of-another-application",
      "genauth*/access-token-invalid-before-*",
    ],
  },
  {
    name: "whether the account of an access token exists is not checked",
    file: TOKENS,
    find: "(account(context) === undefined ?",
    put: "(account(context) === null ?",
    kills: ["genauth*/account-gone", "genauth*/account-gone-before-*"],
  },
];

const profile: readonly Mutant[] = [
  {
    name: "the profile shows the password",
    file: PROFILE,
    find: "      username,\n      name,",
    put: "      username,\n      password: account?.passwords[0],\n      name,",
    kills: ["genauthGetProfile/response-hides-the-password"],
  },
  {
    name: "the profile shows the number with its country code",
    file: PHONES,
    find: "phone: nationalPart(mobile),",
    put: "phone: mobile,",
    kills: ["genauthGetProfile/success", "*/profile-shows-the-number", "genauthGetProfile/flow-new-phone"],
  },
  {
    name: "the profile has no country code",
    file: PHONES,
    find: 'phoneCountryCode: mobile.slice(0, mobile.indexOf("-"))',
    put: "phoneCountryCode: null",
    kills: ["genauthGetProfile/success", "*/profile-shows-the-number", "*/flow-changed-by-the-other-system"],
  },
  {
    name: "an account without a number gets an invented one",
    file: PHONES,
    find: "return { phone: null, phoneCountryCode: null };",
    put: 'return { phone: "00000000000", phoneCountryCode: "+86" };',
    kills: ["genauthGetProfile/no-number"],
  },
  {
    name: "the profile shows the name as user name",
    file: PROFILE,
    find: "      username,\n",
    put: "      username: name,\n",
    kills: ["genauthGetProfile/success"],
  },
  {
    name: "every account has the userId of the documented sample",
    file: PROFILE,
    find: "userId: id,",
    put: 'userId: "6229ffaxxxxxxxxcade3e3d9",',
    kills: ["genauthGetProfile/same-account-same-id"],
  },
  {
    name: "a path with a query is unknown",
    file: "http/fetch.ts",
    find: "    path,\n",
    put: "    path: path.concat(search),\n",
    kills: ["genauthGetProfile/flags-of-the-sdk"],
  },
];

export const genauthMutants: readonly Mutant[] = [
  ...envelope,
  ...headers,
  ...tokens,
  ...profile,
  ...genauthSendingMutants,
  ...genauthVerificationMutants,
  ...genauthCodeMutants,
  ...genauthChangeMutants,
];
