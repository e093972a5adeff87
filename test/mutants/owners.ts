/** Bugs by which a number or address gets a second owner, or shows the one that it has. */
import type { Mutant } from "./mutant.ts";

const MOBILE = "core/mobile.ts";
const NATIONAL = "national: /^1\\d{10}$/, home: true";
const EMAIL = "core/email.ts";

export const ownerMutants: readonly Mutant[] = [
  {
    name: "a number may end with a line break",
    file: MOBILE,
    find: NATIONAL,
    put: "national: /^1\\d{10}$/m, home: true",
    kills: ["updateMobile/taken-number-in-odd-forms"],
  },
  {
    name: "a number may have digits of any script",
    file: MOBILE,
    find: NATIONAL,
    put: "national: /^\\p{Nd}{11}$/u, home: true",
    kills: ["updateMobile/taken-number-in-odd-forms"],
  },
  {
    name: "a number may begin with a zero",
    file: MOBILE,
    find: NATIONAL,
    put: "national: /^[01]\\d{10,11}$/, home: true",
    kills: ["updateMobile/taken-number-in-odd-forms", "updateMobile/malformed-number-with-its-code"],
  },
  {
    name: "an address may end with a blank",
    file: EMAIL,
    find: "[a-z\\d])?)+$/i;",
    put: "[a-z\\d])?)+\\s?$/i;",
    kills: ["updateEmail/taken-address-in-odd-forms"],
  },
  {
    name: "the domain of an address may have two dots in a row",
    file: EMAIL,
    find: "(?:\\.[a-z",
    put: "(?:\\.+[a-z",
    kills: ["updateEmail/malformed-address-with-its-code"],
  },
  {
    name: "an address may have hidden characters",
    file: EMAIL,
    find: "/^[\\w.!",
    put: "/^[\\u200b\\w.!",
    kills: ["updateEmail/taken-address-in-odd-forms"],
  },
  {
    name: "the name in an address has thirty characters at most",
    file: "dialects/bamboocloud/update-email.ts",
    find: "parseEmail(body.email) ??",
    put: 'parseEmail(/^.{1,30}@/.test(String(body.email)) ? body.email : "") ??',
    kills: ["updateEmail/unusual-addresses"],
  },
  {
    name: "an address is stored without what follows a plus sign",
    file: EMAIL,
    find: "return input.toLowerCase();",
    put: 'return input.toLowerCase().replace(/\\+.*@/, "@");',
    kills: ["updateEmail/unusual-addresses"],
  },
  {
    name: "an address in another alphabet leads to an error",
    file: EMAIL,
    find: 'if (typeof input !== "string" ||',
    put: 'new Headers({ to: String(input) });\n  if (typeof input !== "string" ||',
    kills: ["updateEmail/rare-addresses"],
  },
  {
    name: "a refusal names the owner of the number or address",
    file: "engine/handle.ts",
    find: "return { response: refusal(context, name, check, dialect), operation: entry.id, decidedBy: name, why };",
    put: `const made = refusal(context, name, check, dialect);
    const { email, mobile, phonePassCodePayload: payload } = context.body as Record<string, Record<string, string>>;
    const proven = [...context.memo.values()].find((one) => (one as { mobile?: string })?.mobile !== undefined && (one as { expiresAt?: number }).expiresAt !== undefined);
    const number = String(mobile ?? payload?.["newPhoneNumber"] ?? (proven as { mobile?: string })?.mobile).slice(-11);
    const owner = context.tx.get(email ? "email" : "mobile", email ? String(email) : \`+86-\${number}\`);
    const account = context.tx.get("account", owner ?? "");
    const response = { ...made, headers: { ...made.headers, "x-owner": account?.username ?? "" } };
    return { response, operation: entry.id, decidedBy: name, why };`,
    kills: ["*/taken-number-shows-no-owner", "*/taken-address-shows-no-owner"],
  },
];
