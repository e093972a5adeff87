/** Mistakes that requests to GenAuth share, and the check that one is refused with its own error and without an effect. */
import { expect } from "vitest";
import { lastDecision } from "../mock/journal.ts";
import { CHINESE, type Change, type GenauthSituation, refused } from "./genauth.ts";

export interface GenauthMistake {
  readonly check: string;
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  /** The parts of a request that it changes: two mistakes that share a part cannot be in one request. */
  readonly parts: readonly string[];
  /** Prepares the situation, and returns the changes of the request. */
  spoil(situation: GenauthSituation): Change | Promise<Change>;
}

/** The request with this mistake, and perhaps a later one, is refused for it in both languages and changes no account. */
export async function expectGenauthRefused(
  situation: GenauthSituation,
  mistake: GenauthMistake,
  later?: GenauthMistake,
): Promise<void> {
  const { mock, send } = situation;
  const first = await mistake.spoil(situation);
  const second = await later?.spoil(situation);
  const change = {
    body: { ...second?.body, ...first.body },
    payload: { ...second?.payload, ...first.payload },
    headers: { ...second?.headers, ...first.headers },
  };
  const before = await accountsOf(situation);
  expect(await send(change)).toEqual(refused(mistake.code, mistake.en));
  expect(await send({ ...change, headers: { ...change.headers, ...CHINESE } })).toEqual(
    refused(mistake.code, mistake.zh),
  );
  expect(await lastDecision(mock)).toBe(mistake.check);
  expect(await accountsOf(situation)).toEqual(before);
}

/** Both accounts; null for a deleted one. */
async function accountsOf({ mock: { accounts }, account, bystander }: GenauthSituation) {
  const stateOf = (id: string) => accounts.read(id).catch(() => null);
  return { account: await stateOf(account.id), bystander: await stateOf(bystander.id) };
}

export const APPLICATION_MISTAKES: readonly GenauthMistake[] = [
  {
    check: "client-missing",
    code: "400",
    en: "The header x-authing-app-id is missing",
    zh: "缺少应用 ID 请求头 x-authing-app-id",
    parts: ["application"],
    spoil: () => ({ headers: { "x-authing-app-id": "" } }),
  },
  {
    check: "client-unknown",
    code: "404/2011",
    en: "Application not found",
    zh: "应用不存在",
    parts: ["application"],
    spoil: () => ({ headers: { "x-authing-app-id": "an-id-of-nobody" } }),
  },
];

const NOT_SIGNED_IN = {
  code: "401/2020",
  en: "Not signed in, no permission for this request",
  zh: "尚未登录，无权限访问此请求",
  parts: ["access token"],
};

export const SIGNED_IN_MISTAKES: readonly GenauthMistake[] = [
  ...APPLICATION_MISTAKES,
  { ...NOT_SIGNED_IN, check: "access-token-missing", spoil: () => ({ headers: { authorization: "" } }) },
  { ...NOT_SIGNED_IN, check: "access-token-invalid", spoil: () => ({ headers: { authorization: "none-of-ours" } }) },
  {
    ...NOT_SIGNED_IN,
    check: "access-token-expired",
    async spoil({ mock, account }) {
      const { accessToken } = await mock.accounts.issueTokens(account.id, { expiresIn: 0 });
      return { headers: { authorization: accessToken } };
    },
  },
  {
    check: "account-gone",
    code: "404/2004",
    en: "User not found",
    zh: "用户未找到",
    parts: ["earlier request"],
    async spoil({ mock, account }) {
      await mock.accounts.delete(account.id);
      return {};
    },
  },
];
