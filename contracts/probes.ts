/**
 * What the target declares to be able to do, tried once before the first case. A capability that does not do what it says
 * would show as failures of the API, so the run ends there.
 */

import type { Case } from "./case.ts";
import { openWorld } from "./open-world.ts";
import { canonical } from "./receivers.ts";
import type { Session } from "./session.ts";
import type { Capability } from "./target.ts";
import type { Member, World } from "./world.ts";

/** Why a declared capability cannot be relied on; undefined when it held. */
type Finding = string | undefined;

interface Probe {
  readonly capability: Capability;
  /** What else must be offered for the round trip; without it, the probe is left out. */
  readonly with?: readonly Capability[];
  /** Operations that it calls. */
  readonly calls?: readonly string[];
  run(world: World): Promise<Finding>;
}

/** A code can only be proven by an operation that takes one; this one needs the least. */
const CONSUMER = "updateEmail";
const SCENE = "UPDATE_EMAIL_EMS";
const SIGNED_IN: readonly Capability[] = ["accounts", "tokens"];

const probes: readonly Probe[] = [
  {
    capability: "accounts",
    with: ["account-read"],
    async run(world) {
      const { id, mobile, email } = await world.member();
      const read = await world.read({ id } as Member);
      if (read === undefined) return "an account that was just created is not there";
      const same = (one: string | null | undefined, other: string | undefined) =>
        canonical(one ?? "") === canonical(other ?? "");
      return same(read.mobile, mobile) && same(read.email, email)
        ? undefined
        : "the account reads differently than it was created";
    },
  },
  {
    capability: "account-deletion",
    with: ["accounts", "account-read"],
    async run(world) {
      const member = await world.member();
      await world.target.deleteAccount?.(member.id);
      return (await world.read(member)) === undefined ? undefined : "an account that was deleted is still there";
    },
  },
  {
    capability: "password-check",
    with: ["accounts"],
    async run(world) {
      const { id, password = "" } = await world.member();
      if ((await world.target.passwordMatches?.(id, password)) !== true)
        return "the password that was set does not match";
      const other = await world.target.passwordMatches?.(id, world.freshPassword());
      return other === false ? undefined : "a password that was never set matches";
    },
  },
  {
    capability: "tokens",
    with: ["accounts"],
    calls: [CONSUMER],
    async run(world) {
      const idToken = await world.idToken(await world.member());
      const [signedIn, stranger] = [await tryToken(world, idToken), await tryToken(world, world.draws.letters(40))];
      return signedIn === stranger ? "a token that was issued is answered like one that was not" : undefined;
    },
  },
  {
    capability: "codes",
    with: SIGNED_IN,
    calls: [CONSUMER],
    async run(world) {
      const code = await world.code({ to: await world.freshEmail(), scene: SCENE });
      return accepted(world, code.to, code.code, "a code that was planted");
    },
  },
  {
    capability: "messages",
    with: [...SIGNED_IN, "captcha-tokens"],
    calls: [CONSUMER, "sendEmail"],
    run: (world) => acceptedWhenSent(world),
  },
  {
    capability: "captcha-answer",
    with: [...SIGNED_IN, "messages"],
    calls: [CONSUMER, "getCaptcha", "verifyCaptcha", "sendEmail"],
    run: (world) => acceptedWhenSent(world),
  },
  {
    capability: "clock",
    with: [...SIGNED_IN, "codes"],
    calls: [CONSUMER],
    async run(world) {
      const to = await world.freshEmail();
      const { code } = await world.code({ to, scene: SCENE });
      await world.advance(DAY_S);
      return (await accepted(world, to, code, "")) === undefined ? "a day later a code is still good" : undefined;
    },
  },
  {
    capability: "faults",
    with: SIGNED_IN,
    calls: [CONSUMER],
    async run(world) {
      await world.failNext(CONSUMER, "account-gone");
      const wanted = world.operation(CONSUMER).errors.get("account-gone")?.code ?? "";
      const answer = await tryToken(world, await world.idToken(await world.member()));
      return answer.includes(wanted)
        ? undefined
        : `the next request was to fail with ${wanted}, and was answered ${answer}`;
    },
  },
  {
    capability: "policy",
    with: ["policy-read"],
    async run(world) {
      await world.setPolicy({ code_resend_seconds: 7 });
      const { code_resend_seconds: seconds } = (await world.target.readPolicy?.()) ?? {};
      return seconds === 7 ? undefined : `code_resend_seconds was set to 7, and reads ${JSON.stringify(seconds)}`;
    },
  },
];

const DAY_S = 86_400;

/** The first declared capability that does not hold, in words; undefined when all do. */
export async function failedProbe(session: Session): Promise<string | undefined> {
  for (const probe of probes) {
    const { capability, with: others = [], calls = [] } = probe;
    const isOffered = [capability, ...others].every((name) => session.capabilities.has(name));
    if (!isOffered || !calls.every((id) => session.claims(id))) continue;
    const finding = await carriedOut(session, probe);
    if (finding !== undefined) return `The target declares "${capability}", and it does not hold: ${finding}`;
  }
  return undefined;
}

async function carriedOut(session: Session, { capability, run }: Probe): Promise<Finding> {
  const about: Case = {
    id: `probe/${capability}`,
    operation: CONSUMER,
    axis: "state",
    title: capability,
    needs: [],
    run: async () => undefined,
  };
  const { world, close } = await openWorld(session, about);
  try {
    const finding = await run(world);
    return finding === undefined ? undefined : world.secrets.mask(finding);
  } catch (error) {
    return world.secrets.mask(error instanceof Error ? error.message : String(error));
  } finally {
    await close();
  }
}

async function acceptedWhenSent(world: World): Promise<Finding> {
  const to = await world.freshEmail();
  const { code } = await world.sentCode({ to, scene: SCENE });
  return accepted(world, to, code, "a code that was sent and read");
}

async function accepted(world: World, email: string, verify_code: string, what: string): Promise<Finding> {
  const idToken = await world.idToken(await world.member());
  const reply = await world.send(world.draft(CONSUMER, { body: { email, verify_code }, idToken }));
  return reply.status === 200 ? undefined : `${what} is refused with ${reply.status} ${reply.body}`;
}

/** What a request is told that has nothing but its token. */
async function tryToken(world: World, idToken: string): Promise<string> {
  const body = { email: await world.freshEmail(), verify_code: "000000" };
  const { status, body: text } = await world.send(world.draft(CONSUMER, { body, idToken }));
  return `${status} ${text}`;
}
