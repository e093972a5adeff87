/** genauthUpdatePhone, genauthGetProfile: the change with a token, and what it changed. */
import { accountWithMobile, changeContact, isKeptBack, isPast } from "../state.ts";
import { type Ask, type Check, needs, type Operation, signedIn } from "./operation.ts";

/** A token of another account is as good as none. */
const goodPermit: Check = {
  kind: "code",
  judge(ask) {
    const token = ask.text("updatePhoneToken");
    if (token === undefined) return undefined;
    const permit = ask.world.permits.get(token);
    if (permit === undefined) return "update-token-unknown";
    if (ask.account !== undefined && permit.accountId !== ask.account.id) return "update-token-foreign";
    if (permit.used) return "update-token-used";
    if (isPast(ask.world, permit.expiresAt)) return "update-token-expired";
    ask.found.permit = permit;
    return undefined;
  },
};

/** Another account may have taken the number since the token was issued. */
const stillFree: Check = {
  kind: "state",
  judge(ask) {
    const { world, account } = ask;
    const mobile = world.permits.get(ask.text("updatePhoneToken") ?? "")?.mobile;
    if (mobile === undefined || account === undefined) return undefined;
    const holder = accountWithMobile(world, mobile);
    const isTaken = (holder !== undefined && holder !== account) || isKeptBack(world, mobile, account);
    return isTaken ? "mobile-taken" : undefined;
  },
};

export const updatePhone: Operation = {
  id: "genauthUpdatePhone",
  method: "POST",
  fields: ["updatePhoneToken"],
  checks: [needs("updatePhoneToken", "update-token-missing"), signedIn, goodPermit, stillFree],
  carryOut({ world, account, found, choices }: Ask) {
    if (account === undefined || found.permit === undefined) throw new Error("a check is missing");
    found.permit.used = true;
    changeContact(world, account, { mobile: found.permit.mobile });
    return choices.genauth.updateData ? { success: true } : undefined;
  },
};

const CREATED = "2024-05-06T07:08:09.000Z";

export const getProfile: Operation = {
  id: "genauthGetProfile",
  method: "GET",
  fields: [],
  checks: [signedIn],
  carryOut({ account, choices }: Ask) {
    if (account === undefined) throw new Error("a check is missing");
    const { id, mobile, email, username, name } = account;
    const national = mobile?.replace(/^\+\d+/, "") ?? null;
    return {
      userId: id,
      createdAt: CREATED,
      updatedAt: CREATED,
      status: "Activated",
      workStatus: "Active",
      gender: "U",
      emailVerified: false,
      phoneVerified: mobile !== null,
      userSourceType: "adminCreated",
      phone: mobile?.startsWith("+") === true ? mobile : national,
      phoneCountryCode: mobile === null ? null : "+86",
      email,
      username,
      name,
      ...(choices.genauth.wholeProfile
        ? { nickname: null, loginsCount: 0, departmentIds: [], identities: [], customData: {} }
        : {}),
    };
  },
};
