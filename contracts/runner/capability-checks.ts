/**
 * Tries each declared capability once before the first case. A check judges the control call alone: its form, and
 * whether its values make sense. What the API makes of a token or a code is for the cases to judge.
 */

import { missingOf, type Requirement } from "../target/requirements.ts";
import { type Capability, isNotOffered, NotOffered, type PolicyValues } from "../target/target.ts";
import type { Case } from "../world/case.ts";
import { createWorld } from "../world/create-world.ts";
import { canonical } from "../world/receivers.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { draftOfProbe } from "./probes.ts";

/** Why a declared capability does not work; undefined if it works. */
type Finding = string | undefined;

interface CapabilityCheck {
  readonly capability: Capability;
  /** Other capabilities that the check requires; without them, it does not run. */
  readonly with?: readonly Requirement[];
  /** Whether a target may declare the capability and not offer what the check asks for. */
  readonly optional?: true;
  run(world: World, session: Session): Promise<Finding>;
}

/** In this order, so that each check relies only on capabilities that are already checked. */
export const capabilityChecks: readonly CapabilityCheck[] = [
  {
    capability: "accounts",
    run: async (world) => ((await world.account()).id === "" ? "a new account has no id" : undefined),
  },
  {
    capability: "account-read",
    with: ["accounts"],
    async run(world) {
      const account = await world.account();
      const read = await world.read(account);
      if (read === undefined) return "a new account cannot be read";
      const same = (one: string | null | undefined, other: string | undefined) =>
        canonical(one ?? "") === canonical(other ?? "");
      return same(read.mobile, account.mobile) && same(read.email, account.email)
        ? undefined
        : "a new account has another number or address than the one created";
    },
  },
  {
    capability: "sandboxes",
    with: ["accounts", "account-read"],
    async run(world, { target }) {
      const account = await world.account();
      const other = await target.openSandbox?.();
      const read = await other?.readAccount?.(account.id);
      await other?.close();
      return read === undefined ? undefined : "an account of one sandbox exists in another one";
    },
  },
  {
    capability: "account-deletion",
    with: ["accounts", "account-read"],
    optional: true,
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
      const { id, password } = await world.account();
      const isRight = password === undefined || (await world.target.passwordMatches?.(id, password)) === true;
      if (!isRight) return "the password of a new account does not match";
      const other = await world.target.passwordMatches?.(id, world.freshPassword());
      return other === false ? undefined : "a wrong password matches";
    },
  },
  {
    capability: "tokens",
    with: ["accounts"],
    async run(world) {
      const [one, other] = [await world.account(), await world.account()];
      const tokens = [await world.idToken(one), await world.idToken(other)];
      return tokens[0] === tokens[1] ? "two accounts have the same token" : undefined;
    },
  },
  {
    capability: "captcha-tokens",
    async run(world) {
      const takesEmail = await isOffered(async () => world.captchaPass(await world.freshEmail()));
      if (!takesEmail) await world.captchaPass(await world.freshMobile());
      return undefined;
    },
  },
  {
    capability: "captcha-answer",
    async run(world, session) {
      if (!session.claims("getCaptcha")) return undefined;
      const { json } = await world.send(world.draft("getCaptcha"));
      const { token } = Object(json) as { readonly token?: unknown };
      // Without a captcha there is nothing to solve; the cases of getCaptcha say so.
      if (typeof token !== "string") return undefined;
      const place = await world.target.solveCaptcha?.(token);
      return typeof place?.x === "number" && typeof place.y === "number"
        ? undefined
        : "the solution of a captcha must have the numbers x and y";
    },
  },
  {
    capability: "codes",
    async run(world) {
      for (const place of await places(world)) {
        if (await isOffered(async () => world.code(place))) return undefined;
      }
      return "it plants a code of no scene";
    },
  },
  {
    capability: "messages",
    async run(world) {
      const [place] = await places(world);
      const message = place && (await world.target.readCode?.({ ...place, wait: 0 }));
      return message === undefined ? undefined : "a receiver to whom nothing was sent has a message";
    },
  },
  { capability: "clock", run: advances },
  {
    capability: "faults",
    async run(world, session) {
      const operation = session.spec.operations.find(({ id }) => session.claims(id));
      const [check] = operation?.checks ?? [];
      if (operation === undefined || check === undefined) return undefined;
      // The request uses the fault up, so that it hits no case.
      if (await isOffered(async () => world.failNext(operation.id, check)))
        await world.send(draftOfProbe(world, operation));
      return undefined;
    },
  },
  { capability: "policy", with: ["policy-read"], optional: true, run: changesItsPolicy },
];

/**
 * Why this check fails; undefined if it passes or does not apply to the target. Throws `NotOffered` if the target does not
 * offer an optional part.
 */
export async function findingOf(session: Session, check: CapabilityCheck): Promise<Finding> {
  const { capability, with: others = [], optional, run } = check;
  if (missingOf([capability, ...others], session.capabilities).length > 0) return undefined;
  const opened = await createWorld(session, aboutCheck(capability)).catch(inWords);
  if (typeof opened === "string") return opened;
  const { world, close } = opened;
  const isLeftOut = (error: unknown): error is Error => optional === true && isNotOffered(error);
  const finding = await run(world, session).catch((error: unknown) => (isLeftOut(error) ? error : inWords(error)));
  const left = await close().then(() => undefined, inWords);
  if (finding instanceof Error) throw finding;
  const found = finding ?? left;
  return found === undefined ? undefined : world.secrets.mask(found);
}

/** The case that a world of a check is for. */
export function aboutCheck(name: string): Case {
  const operation = "updateEmail";
  return { id: `probe/${name}`, operation, category: "state", title: name, requires: [], run: async () => undefined };
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the target offers what the call asks for. Any other exception passes. */
async function isOffered(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (isNotOffered(error)) return false;
    throw error;
  }
}

/** A receiver and a scene of each channel. */
async function places(world: World) {
  const [email, mobile] = [await world.freshEmail(), await world.freshMobile()];
  return [
    { to: email, scene: "UPDATE_EMAIL_EMS" },
    { to: mobile, scene: "UPDATE_MOBILE_SMS" },
    { to: mobile, scene: "CHANNEL_BIND_PHONE" },
  ];
}

const ADVANCE_S = 600;
/** The clock may tell whole seconds, and the calls take a moment. */
const TOLERANCE_S = 60;

/** The time is only compared if the target tells it. */
async function advances({ target }: World): Promise<Finding> {
  const before = timeOf(await target.advanceClock?.(1));
  const after = timeOf(await target.advanceClock?.(ADVANCE_S));
  if (before === undefined || after === undefined) return undefined;
  const seconds = (after - before) / 1_000;
  return Math.abs(seconds - ADVANCE_S) <= TOLERANCE_S
    ? undefined
    : `an advance by ${ADVANCE_S} s moved "now" by ${Math.round(seconds)} s`;
}

function timeOf(clock: unknown): number | undefined {
  const { now } = Object(clock) as { readonly now?: unknown };
  // biome-ignore lint/style/noRestrictedGlobals: reads a given time, and does not ask what time it is
  const time = Date.parse(String(now));
  return Number.isNaN(time) ? undefined : time;
}

/** Raises one of the figures that the target states. A target that states none has nothing to compare. */
async function changesItsPolicy(world: World): Promise<Finding> {
  let refusal: Error | undefined;
  for (const key of COUNTED.filter((name) => world.states(name))) {
    const wanted = world.figure(key) + 1;
    refusal = await refusalOf(world, { [key]: wanted });
    if (refusal !== undefined) continue;
    const now = (await world.target.readPolicy?.())?.[key];
    return now === wanted ? undefined : `${key} was set to ${wanted}, but reads ${JSON.stringify(now)}`;
  }
  if (refusal !== undefined)
    throw new NotOffered(refusal.message.replace(/the policy key \w+/, "changes of its policy"));
  return undefined;
}

async function refusalOf(world: World, patch: PolicyValues): Promise<Error | undefined> {
  try {
    return void (await world.setPolicy(patch));
  } catch (error) {
    if (isNotOffered(error)) return error;
    throw error;
  }
}

const COUNTED = [
  "code_resend_seconds",
  "code_ttl_seconds",
  "code_daily_limit",
  "code_max_attempts",
  "captcha_token_ttl_seconds",
  "id_token_ttl_seconds",
] as const;
