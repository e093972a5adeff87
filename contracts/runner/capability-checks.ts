/**
 * Tries each declared capability once before the first case. A capability that does not work would look like failures
 * of the API, so the run ends there.
 */

import { CAPTCHA_PASS, CODE, missingOf, type Requirement, SIGNED_IN } from "../target/requirements.ts";
import type { Capability } from "../target/target.ts";
import type { Case } from "../world/case.ts";
import { createWorld } from "../world/create-world.ts";
import { canonical } from "../world/receivers.ts";
import type { Session } from "../world/session.ts";
import type { Account, World } from "../world/world.ts";

/** Why a declared capability does not work; undefined if it works. */
type Finding = string | undefined;

interface CapabilityCheck {
  readonly capability: Capability;
  /** A second capability that the same round trip tests: either can be the cause. */
  readonly and?: Capability;
  /** Other capabilities that the round trip requires; without them, the check does not run. */
  readonly with?: readonly Requirement[];
  /** Operations that the check calls. */
  readonly calls?: readonly string[];
  run(world: World, session: Session): Promise<Finding>;
}

/** Only an operation that takes a code can prove one; this one requires the least. */
const CODE_OPERATION = "updateEmail";
const SCENE = "UPDATE_EMAIL_EMS";

/** In this order, so that each check relies only on capabilities that are already checked. */
const capabilityChecks: readonly CapabilityCheck[] = [
  { capability: "sandboxes", calls: [CODE_OPERATION], run: known },
  {
    capability: "accounts",
    and: "account-read",
    async run(world) {
      const { id, mobile, email } = await world.account();
      const read = await world.read({ id } as Account);
      if (read === undefined) return "a new account cannot be read";
      const same = (one: string | null | undefined, other: string | undefined) =>
        canonical(one ?? "") === canonical(other ?? "");
      return same(read.mobile, mobile) && same(read.email, email)
        ? undefined
        : "a new account has another number or address than the one created";
    },
  },
  { capability: "sandboxes", with: ["accounts", "account-read"], run: apart },
  {
    capability: "account-deletion",
    with: ["accounts", "account-read"],
    async run(world) {
      const account = await world.account();
      await world.target.deleteAccount?.(account.id);
      return (await world.read(account)) === undefined ? undefined : "a deleted account still exists";
    },
  },
  {
    capability: "password-check",
    with: ["accounts"],
    async run(world) {
      const { id, password = "" } = await world.account();
      if ((await world.target.passwordMatches?.(id, password)) !== true)
        return "the password of a new account does not match";
      const other = await world.target.passwordMatches?.(id, world.freshPassword());
      return other === false ? undefined : "a wrong password matches";
    },
  },
  {
    capability: "tokens",
    with: ["accounts"],
    calls: [CODE_OPERATION],
    async run(world) {
      const idToken = await world.idToken(await world.account());
      const [signedIn, stranger] = [await tryToken(world, idToken), await tryToken(world, world.random.letters(40))];
      return signedIn === stranger ? "an issued token gets the same response as a made-up token" : undefined;
    },
  },
  {
    capability: "codes",
    with: SIGNED_IN,
    calls: [CODE_OPERATION],
    async run(world) {
      const code = await world.code({ to: await world.freshEmail(), scene: SCENE });
      return accepted(world, code.to, code.code, "a planted code");
    },
  },
  {
    capability: "captcha-tokens",
    calls: ["sendEmail"],
    async run(world) {
      const email = await world.freshEmail();
      const body = { email, type: SCENE, captcha_token: await world.captchaPass(email) };
      const reply = await world.send(world.draft("sendEmail", { body }));
      return reply.status === 200 ? undefined : `a pass token is refused with ${reply.status} ${reply.body}`;
    },
  },
  {
    capability: "captcha-answer",
    calls: ["getCaptcha", "verifyCaptcha"],
    async run(world) {
      await world.solvedCaptcha(await world.freshEmail());
      return undefined;
    },
  },
  {
    capability: "messages",
    with: [...SIGNED_IN, CAPTCHA_PASS],
    calls: [CODE_OPERATION, "sendEmail"],
    async run(world) {
      const to = await world.freshEmail();
      const { code } = await world.sentCode({ to, scene: SCENE });
      return accepted(world, to, code, "a sent code");
    },
  },
  {
    capability: "unique-codes",
    with: [CODE],
    calls: ["sendEmail"],
    async run(world) {
      const codes = new Set<string>();
      for (let count = 0; count < 3 && codes.size < 2; count++)
        codes.add((await world.code({ to: await world.freshEmail(), scene: SCENE })).code);
      return codes.size > 1
        ? undefined
        : 'three codes in a row are the same: set code_semantics or codeSemantics to "fixed"';
    },
  },
  {
    capability: "clock",
    with: [...SIGNED_IN, "codes"],
    calls: [CODE_OPERATION],
    async run(world) {
      const to = await world.freshEmail();
      const { code } = await world.code({ to, scene: SCENE });
      await world.advance(DAY_S);
      return (await accepted(world, to, code, "")) === undefined ? "a code is still valid one day later" : undefined;
    },
  },
  {
    capability: "faults",
    with: SIGNED_IN,
    calls: [CODE_OPERATION],
    async run(world) {
      await world.failNext(CODE_OPERATION, "account-gone");
      const wanted = world.operation(CODE_OPERATION).errors.get("account-gone")?.code ?? "";
      const response = await tryToken(world, await world.idToken(await world.account()));
      return response.includes(wanted)
        ? undefined
        : `the next request should fail with ${wanted}, but the response is ${response}`;
    },
  },
  {
    capability: "policy",
    and: "policy-read",
    async run(world) {
      await world.setPolicy({ code_resend_seconds: 7 });
      const { code_resend_seconds: seconds } = (await world.target.readPolicy?.()) ?? {};
      return seconds === 7 ? undefined : `code_resend_seconds was set to 7, but reads ${JSON.stringify(seconds)}`;
    },
  },
];

const DAY_S = 86_400;

/** Why the first declared capability that fails does not work; undefined if all work. */
export async function failedCapabilityCheck(session: Session): Promise<string | undefined> {
  for (const check of capabilityChecks) {
    const { capability, and, with: others = [], calls = [] } = check;
    const proven = and === undefined ? [capability] : [capability, and];
    if (missingOf([...proven, ...others], session.capabilities).length > 0) continue;
    if (!calls.every((id) => session.claims(id))) continue;
    const finding = await carriedOut(session, check, proven);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

async function carriedOut(
  session: Session,
  { capability, run }: CapabilityCheck,
  proven: readonly string[],
): Promise<Finding> {
  const about: Case = {
    id: `probe/${capability}`,
    operation: CODE_OPERATION,
    category: "state",
    title: capability,
    requires: [],
    run: async () => undefined,
  };
  const opened = await createWorld(session, about).catch(inWords);
  if (typeof opened === "string") return broken(["sandboxes"], opened);
  const { world, close } = opened;
  const finding = await run(world, session).catch(inWords);
  const left = await close().then(() => undefined, inWords);
  if (finding !== undefined) return broken(proven, world.secrets.mask(finding));
  if (left === undefined) return undefined;
  return broken(session.capabilities.has("sandboxes") ? ["sandboxes"] : proven, world.secrets.mask(left));
}

function broken(capabilities: readonly string[], finding: string): string {
  return `The target declares ${capabilities.map((name) => `"${name}"`).join(" and ")}, but it does not work: ${finding}`;
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Each sandbox has its own client id, and the API accepts it. */
async function known(world: World, { target }: Session): Promise<Finding> {
  const other = await target.openSandbox?.();
  await other?.close();
  if (other?.clientId === world.clientId) return "two sandboxes have the same client id";
  const code = world.operation(CODE_OPERATION).errors.get("client-unknown")?.code ?? "";
  const response = await tryToken(world, world.random.letters(40));
  return response.includes(code) ? "the API does not know the client id of a new sandbox" : undefined;
}

/** One sandbox does not see the accounts of another. */
async function apart(world: World, { target }: Session): Promise<Finding> {
  const { id } = await world.account();
  const other = await target.openSandbox?.();
  const read = await other?.readAccount?.(id);
  await other?.close();
  return read === undefined ? undefined : "an account of one sandbox exists in another one";
}

async function accepted(world: World, email: string, verify_code: string, what: string): Promise<Finding> {
  const idToken = await world.idToken(await world.account());
  const reply = await world.send(world.draft(CODE_OPERATION, { body: { email, verify_code }, idToken }));
  return reply.succeeded ? undefined : `${what} is refused with ${reply.status} ${reply.body}`;
}

/** The response to a request with this token and nothing else that is valid. */
async function tryToken(world: World, idToken: string): Promise<string> {
  const body = { email: await world.freshEmail(), verify_code: "000000" };
  const { status, body: text } = await world.send(world.draft(CODE_OPERATION, { body, idToken }));
  return `${status} ${text}`;
}
