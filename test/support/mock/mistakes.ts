/**
 * Mistakes that requests of several operations share, and the check that one is refused with its own error and without an
 * effect.
 */
import { expect } from "vitest";
import { refusal } from "./api.ts";
import { lastDecision } from "./journal.ts";
import { type Change, PASSWORD, type Situation } from "./situations.ts";

/** One mistake in a request, and the refusal that it must get. */
export interface Mistake {
  readonly check: string;
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  /** The parts of a request that it changes: two mistakes that share a part cannot be in one request. */
  readonly parts: readonly string[];
  /** Prepares the situation, and returns the changes of the request. */
  spoil(situation: Situation): Change | Promise<Change>;
}

/** Each pair of mistakes that one request can have, in the order of the list. */
export function pairsOf<F extends Pick<Mistake, "parts">>(mistakes: readonly F[]): { earlier: F; later: F }[] {
  return mistakes.flatMap((earlier, index) =>
    mistakes
      .slice(index + 1)
      .filter((later) => !later.parts.some((part) => earlier.parts.includes(part)))
      .map((later) => ({ earlier, later })),
  );
}

/** The request with this mistake, and perhaps a later one, is refused for it in both languages and changes no account. */
export async function expectRefused(situation: Situation, mistake: Mistake, later?: Mistake): Promise<void> {
  const { mock, send } = situation;
  const first = await mistake.spoil(situation);
  const second = await later?.spoil(situation);
  const body = { ...second?.body, ...first.body };
  const headers = { ...second?.headers, ...first.headers };
  const before = await accountsOf(situation);
  expect(await send({ body, headers })).toEqual(refusal(mistake.code, mistake.en));
  expect(await send({ body, headers: { ...headers, "x-l": "zh" } })).toEqual(refusal(mistake.code, mistake.zh));
  expect(await lastDecision(mock)).toBe(mistake.check);
  expect(await accountsOf(situation)).toEqual(before);
}

/** The readable state of both accounts; null for a deleted one. */
export async function accountsOf({ mock: { accounts }, account, bystander }: Situation) {
  const stateOf = async (id: string) => {
    const found = await accounts.read(id).catch(() => null);
    return found && { ...found, hasOldPassword: await accounts.hasPassword(id, PASSWORD) };
  };
  return { account: await stateOf(account.id), bystander: await stateOf(bystander.id) };
}

export const HEADER_MISTAKES: readonly Mistake[] = [
  {
    check: "device-incomplete",
    code: "PARAM.0001",
    en: "Device information is incomplete",
    zh: "设备信息不完整",
    parts: ["device"],
    spoil: () => ({ headers: { "x-agent": "" } }),
  },
  {
    check: "client-missing",
    code: "PARAM.0002",
    en: "clientId cannot be empty",
    zh: "clientId不能为空",
    parts: ["client"],
    spoil: () => ({ headers: { "x-client-id": "" } }),
  },
  {
    check: "client-unknown",
    code: "PARAM.0003",
    en: "The app is not registered, please register the app first",
    zh: "应用未注册,请先注册应用",
    parts: ["client"],
    spoil: () => ({ headers: { "x-client-id": "an-id-of-nobody" } }),
  },
];

export const TOKEN_MISSING: Mistake = {
  check: "id-token-missing",
  code: "PARAM.0015",
  en: "IdToken cannot be empty",
  zh: "IdToken不能为空",
  parts: ["token"],
  spoil: () => ({ headers: { authorization: "" } }),
};

const BAD_TOKEN = {
  code: "PARAM.0016",
  en: "IdToken is invalid or expired",
  zh: "IdToken无效或已过期",
  parts: ["token"],
};

export const TOKEN_MISTAKES: readonly Mistake[] = [
  { ...BAD_TOKEN, check: "id-token-invalid", spoil: () => ({ headers: { authorization: "Bearer none-of-ours" } }) },
  {
    ...BAD_TOKEN,
    check: "id-token-expired",
    async spoil({ mock, account }) {
      const { idToken } = await mock.accounts.issueTokens(account.id, { expiresIn: 0 });
      return { headers: { authorization: `Bearer ${idToken}` } };
    },
  },
];

export const ACCOUNT_GONE: Mistake = {
  check: "account-gone",
  code: "USER.0001",
  en: "User not found",
  zh: "用户未找到",
  parts: ["account"],
  async spoil({ mock, account }) {
    await mock.accounts.delete(account.id);
    return {};
  },
};

export const CODE_MISSING: Mistake = {
  check: "code-missing",
  code: "PARAM.0009",
  en: "Verification code cannot be empty",
  zh: "验证码不能为空",
  parts: ["code"],
  spoil: () => ({ body: { verify_code: "" } }),
};

export const BAD_CODE = { code: "CAPTCHA.0007", en: "Incorrect verification code", zh: "验证码不正确" };

/** All but the first need the receiver of the code. */
export const CODE_MISTAKES: readonly Mistake[] = [
  { ...BAD_CODE, check: "code-wrong", parts: ["code"], spoil: () => ({ body: { verify_code: "000000" } }) },
  {
    ...BAD_CODE,
    check: "code-superseded",
    parts: ["code", "receiver"],
    async spoil({ mock, to, scene }) {
      await mock.codes.plant({ to, scene });
      return {};
    },
  },
  {
    ...BAD_CODE,
    check: "code-used",
    parts: ["code", "receiver", "earlier request"],
    async spoil({ send }) {
      expect(await send()).toMatchObject({ status: 200 });
      return {};
    },
  },
  {
    ...BAD_CODE,
    check: "code-expired",
    parts: ["code", "receiver"],
    async spoil({ mock }) {
      await mock.clock.advance({ minutes: 5 });
      return {};
    },
  },
  {
    ...BAD_CODE,
    check: "code-exhausted",
    parts: ["code", "receiver", "earlier request"],
    async spoil({ send }) {
      for (let tries = 0; tries < 5; tries++) await send({ body: { verify_code: "000000" } });
      return {};
    },
  },
];
