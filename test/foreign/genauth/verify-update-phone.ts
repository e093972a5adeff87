/** genauthVerifyUpdatePhoneRequest: exchanges the codes of the new and the old number for a token that changes the number. */
import { randomBytes } from "node:crypto";
import { type CodeMistake, type IssuedCode, judgeCode } from "../codes.ts";
import { isRecord } from "../options.ts";
import { accountWithMobile, inSeconds, isKeptBack, type World } from "../state.ts";
import { type Ask, areaCodeIn, type Check, type Fields, type Operation, phoneFrom, signedIn } from "./operation.ts";
import type { GenauthCause } from "./refusals.ts";

function payloadOf({ fields }: Ask): Fields {
  const payload = fields["phonePassCodePayload"];
  return isRecord(payload) ? payload : {};
}

function part(ask: Ask, name: string): string | undefined {
  return ask.text(name, payloadOf(ask));
}

function phone(ask: Ask, which: "new" | "old"): string | undefined {
  const number = part(ask, `${which}PhoneNumber`);
  return number === undefined
    ? undefined
    : phoneFrom(ask.world, number, areaCodeIn(ask, `${which}PhoneCountryCode`, payloadOf(ask)));
}

function field(judge: (ask: Ask) => GenauthCause | undefined): Check {
  return { kind: "field", judge };
}

function lacksOldProof(ask: Ask): boolean {
  return part(ask, "oldPhoneNumber") === undefined || part(ask, "oldPhonePassCode") === undefined;
}

/** Whether the request must prove the old number, or does so of its own accord. An account without a number cannot. */
function provesOld(ask: Ask): boolean {
  if (ask.account !== undefined && ask.account.mobile === null) return false;
  return ask.figures.genauth_require_old_phone || (payloadOf(ask)["oldPhoneNumber"] ?? undefined) !== undefined;
}

const formChecks: readonly Check[] = [
  field((ask) => (ask.text("verifyMethod") === "PHONE_PASSCODE" ? undefined : "verify-method-unknown")),
  field((ask) => (part(ask, "newPhoneNumber") === undefined ? "new-mobile-missing" : undefined)),
  field((ask) => (part(ask, "newPhonePassCode") === undefined ? "code-missing" : undefined)),
  field((ask) =>
    part(ask, "newPhoneNumber") !== undefined && phone(ask, "new") === undefined ? "mobile-malformed" : undefined,
  ),
  field((ask) => (provesOld(ask) && lacksOldProof(ask) ? "old-mobile-missing" : undefined)),
];

const freeNumber: Check = {
  kind: "state",
  judge(ask) {
    const [mobile, { world, account }] = [phone(ask, "new"), ask];
    if (mobile === undefined) return undefined;
    const holder = accountWithMobile(world, mobile);
    if (holder !== undefined && holder === account) return "mobile-own";
    return holder !== undefined || isKeptBack(world, mobile, account) ? "mobile-taken" : undefined;
  },
};

const ownOldNumber: Check = {
  kind: "state",
  judge(ask) {
    if (ask.account === undefined || !provesOld(ask) || lacksOldProof(ask)) return undefined;
    return phone(ask, "old") === ask.account.mobile ? undefined : "old-mobile-mismatch";
  },
};

const newCode: Check = {
  kind: "code",
  judge(ask) {
    const [to, code] = [phone(ask, "new"), part(ask, "newPhonePassCode")];
    if (to === undefined || code === undefined) return undefined;
    const judged = judgeAmong(ask, to, code, ask.figures.genauth_new_phone_channels);
    if (typeof judged === "string") return judged;
    ask.found.newCode = judged;
    return undefined;
  },
};

const oldCode: Check = {
  kind: "code",
  judge(ask) {
    const [to, code] = [ask.account?.mobile, part(ask, "oldPhonePassCode")];
    if (typeof to !== "string" || code === undefined || !provesOld(ask) || phone(ask, "old") !== to) return undefined;
    const judged = judgeAmong(ask, to, code, ask.figures.genauth_old_phone_channels);
    if (typeof judged === "string") return judged === "code-expired" ? "old-code-expired" : "old-code-wrong";
    ask.found.oldCode = judged;
    return undefined;
  },
};

/** Judges a code by the channels that may have sent it, or by any channel: the first that knows the code decides. */
function judgeAmong(
  { world, choices }: Ask,
  to: string,
  code: string,
  allowed: readonly string[],
): IssuedCode | CodeMistake {
  const channels = choices.genauth.checksNewChannel ? allowed : channelsThatSent(world, to, allowed);
  const judged = channels.map((scene) => judgeCode(world, { to, scene }, code));
  const known =
    judged.find((one) => typeof one === "object") ??
    judged.find((one) => one !== "code-unknown" && one !== "code-wrong");
  return known ?? judged.find((one) => one === "code-wrong") ?? "code-unknown";
}

function channelsThatSent({ codes }: World, to: string, allowed: readonly string[]): readonly string[] {
  const scenes = [...codes.issued.keys()].filter((key) => key.startsWith("CHANNEL_") && key.endsWith(` ${to}`));
  return [...new Set([...allowed, ...scenes.map((key) => key.split(" ")[0] ?? "")])];
}

export const verifyUpdatePhone: Operation = {
  id: "genauthVerifyUpdatePhoneRequest",
  method: "POST",
  fields: ["verifyMethod", "phonePassCodePayload"],
  checks: [...formChecks, signedIn, freeNumber, ownOldNumber, newCode, oldCode],
  carryOut(ask) {
    const { world, account, figures, found } = ask;
    const mobile = phone(ask, "new");
    if (account === undefined || mobile === undefined || found.newCode === undefined)
      throw new Error("a check is missing");
    for (const code of [found.newCode, found.oldCode]) if (code !== undefined) code.used = true;
    const token = `upt~${randomBytes(24).toString("base64url")}`;
    const seconds = figures.update_phone_token_ttl_seconds;
    world.permits.set(token, { accountId: account.id, mobile, expiresAt: inSeconds(world, seconds), used: false });
    return { updatePhoneToken: token, tokenExpiresIn: seconds };
  },
};
