/** The functions of a target, each as a call of the control protocol. */
import { assertDone, type Control, ControlFailure, given, NOT_OFFERED } from "./control-client.ts";
import type { AccountSeed, Capability, CodeQuery, PolicyValues, ReadCode, Target, TargetAccount } from "./target.ts";

/** How long `messages` may wait for a code. */
const WAIT_SECONDS = 5;

/** The functions of a target for its declared capabilities. */
export function driver(control: Control, offered: ReadonlySet<string>): Partial<Target> {
  return Object.fromEntries(
    functions(control)
      .filter(({ capabilities }) => capabilities.some((capability) => offered.has(capability)))
      .map(({ name, run }) => [name, run]),
  );
}

function functions(control: Control): readonly Offer[] {
  const account = (id: string) => `accounts/${encodeURIComponent(id)}`;
  return [
    offer(["accounts"], "createAccount", (seed) =>
      control.json("POST", "accounts", { body: seed, demands: ["id"], offer: accountWith(seed) }),
    ),
    offer(["account-read"], "readAccount", (id) => control.found<TargetAccount>("GET", account(id))),
    offer(["accounts", "account-deletion"], "deleteAccount", (id) =>
      control.json("DELETE", account(id), { offer: "the deletion of accounts" }),
    ),
    offer(["password-check"], "passwordMatches", async (id, password) => {
      const call = { body: { password }, demands: ["matches"] };
      return (await control.json<{ matches: boolean }>("POST", `${account(id)}/password-check`, call)).matches;
    }),
    offer(["tokens"], "issueTokens", async (id, { expiresIn }) => {
      const what = {
        body: given({ expires_in: expiresIn }),
        demands: ["id_token"],
        offer: lasting("tokens", expiresIn),
      };
      const tokens = await control.json<Tokens>("POST", `${account(id)}/tokens`, what);
      return { idToken: tokens.id_token, ...given({ accessToken: tokens.access_token }) };
    }),
    offer(["captcha-tokens"], "captchaToken", async ({ sender, expiresIn }) => {
      const body = given({ sender, expires_in: expiresIn });
      const call = { body, demands: ["captcha_token"], offer: lasting("captcha tokens", expiresIn, "for this sender") };
      return (await control.json<{ captcha_token: string }>("POST", "captcha-tokens", call)).captcha_token;
    }),
    offer(["captcha-answer"], "solveCaptcha", (token) =>
      control.json("GET", `captcha/${encodeURIComponent(token)}`, { demands: ["x", "y"] }),
    ),
    offer(["codes"], "plantCode", async ({ to, scene, code, expiresIn }) => {
      const body = given({ to, scene, code, expires_in: expiresIn });
      const call = { body, demands: ["code"], offer: lasting("codes", expiresIn, `of ${scene}`) };
      return (await control.json<{ code: string }>("POST", "codes", call)).code;
    }),
    offer(["messages"], "readCode", (options) => newestCode(control, options)),
    offer(["clock"], "advanceClock", (seconds) => {
      const call = { body: { advance_seconds: seconds }, offer: `an advance of the clock by ${seconds} s` };
      return control.json("POST", "clock", call);
    }),
    offer(["faults"], "failNext", ({ operation, check, error }) => orderFault(control, operation, check, error)),
    offer(["policy", "policy-read"], "readPolicy", () => control.json<PolicyValues>("GET", "policy")),
    offer(["policy"], "setPolicy", async (patch) => {
      await control.json("PATCH", "policy", { body: patch, offer: policyKeys(patch) });
    }),
  ];
}

/** A function of a target, and the declared capabilities that come with it. */
interface Offer {
  readonly capabilities: readonly Capability[];
  readonly name: keyof Target;
  readonly run: unknown;
}

function offer<N extends keyof Target>(
  capabilities: readonly Capability[],
  name: N,
  run: NonNullable<Target[N]>,
): Offer {
  return { capabilities, name, run };
}

function accountWith(seed: AccountSeed): string {
  return `an account with ${Object.keys(seed).join(", ") || "no field"}`;
}

/** Such as "expired tokens", or "codes of LOGIN_SMS". */
function lasting(what: string, expiresIn: number | undefined, kind = ""): string {
  return expiresIn !== undefined && expiresIn <= 0 ? `expired ${what}` : `${what} ${kind}`.trim();
}

/** Such as "the policy key code_daily_limit". */
function policyKeys(patch: PolicyValues): string {
  const keys = Object.entries(patch).flatMap(([key, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((inner) => `${key}.${inner}`)
      : [key],
  );
  return `the policy ${keys.length === 1 ? "key" : "keys"} ${keys.join(", ")}`;
}

interface Tokens {
  readonly id_token: string;
  readonly access_token?: string;
}

interface Message {
  readonly id: string;
  readonly code: string;
  readonly text?: string;
  readonly sent_at?: string;
  readonly expires_at?: string;
}

async function newestCode(
  control: Control,
  { to, scene, after, wait = WAIT_SECONDS }: CodeQuery,
): Promise<ReadCode | undefined> {
  const query = new URLSearchParams({ to, scene, ...(after === undefined ? {} : { after }), wait: String(wait) });
  const call = { demands: ["messages"], holdSeconds: wait, offer: `the messages of ${scene}` };
  const { messages } = await control.json<{ messages: readonly Message[] }>("GET", `messages?${query}`, call);
  if (!Array.isArray(messages)) throw new ControlFailure('GET messages returned "messages" that is not a list');
  const newest: Message | undefined = messages.at(-1);
  if (newest === undefined) return undefined;
  const { id, code, text, sent_at, expires_at } = newest;
  const seconds = secondsBetween(sent_at, expires_at);
  const details = { ...given({ text }), ...(seconds > 0 ? { expiresIn: seconds } : {}) };
  return { id, code, count: messages.length, ...details };
}

function secondsBetween(start = "", end = ""): number {
  // biome-ignore lint/style/noRestrictedGlobals: reads two given times, and does not ask what time it is
  return (Date.parse(end) - Date.parse(start)) / 1_000;
}

/** A target accepts either name: the check, or the error code of the API. */
async function orderFault(control: Control, operation: string, check: string, error: string): Promise<void> {
  const call = { offer: `the fault ${check} for ${operation}` };
  const byName = await control.ask("POST", "faults", { body: { operation, check, times: 1 } });
  if (NOT_OFFERED.includes(byName.status))
    await control.json("POST", "faults", { ...call, body: { operation, error, times: 1 } });
  else assertDone(byName, `POST ${control.url}/faults`);
}
