/**
 * What is found before the first case: whether the target can be used at all, which of its operations are there, and
 * which of its capabilities work.
 */

import type { Operation, Spec } from "../spec/types.ts";
import { reducedTarget } from "../target/reduced-target.ts";
import { type Capability, capabilitiesOf, claims, isNotOffered, type Target } from "../target/target.ts";
import { createWorld } from "../world/create-world.ts";
import { openSession, type Session, type SessionOptions } from "../world/session.ts";
import { type Absent, absentOperations } from "./absent-operations.ts";
import { aboutCheck, capabilityChecks, findingOf } from "./capability-checks.ts";
import type { Obstacles } from "./plan.ts";
import { type Probe, probed } from "./probes.ts";
import { hasOneCode } from "./same-codes.ts";
import { unknownClients, whyUnusable } from "./unusable-target.ts";

export interface PreflightOptions extends SessionOptions {
  /** Only these dialects; by default those that the target claims. */
  readonly dialects?: readonly string[];
}

export interface Preflight {
  /** The session of the run. Its target lacks the operations and functions that do not work. */
  readonly session: Session;
  /** Why no case can run. */
  readonly stop: string | undefined;
  readonly obstacles: Obstacles;
  /** Why the run has no conclusion about the target as a whole, although cases run. */
  readonly doubts: readonly string[];
  /** Advice that changes no outcome. */
  readonly hints: readonly string[];
}

/** What is known so far. */
interface Known {
  readonly spec: Spec;
  readonly target: Target;
  readonly options: PreflightOptions;
  /** By capability, why its cases are blocked. */
  readonly unusable: Map<Capability, string>;
  /** Those of them that the target declares, so that its author must mend them. */
  readonly broken: Map<Capability, string>;
  absent: ReadonlyMap<string, string>;
}

export async function preflight(spec: Spec, target: Target, options: PreflightOptions): Promise<Preflight> {
  const known: Known = { spec, target, options, unusable: new Map(), broken: new Map(), absent: new Map() };
  await check(known, "policy-read", async () => void (await target.readPolicy?.()));
  await check(known, "sandboxes", () => sandboxesFault(target));
  const { session, ...answers } = await firstContact(known);
  const { probes } = answers;
  const present = absentOperations(target, probes);
  const unknownClient = unknownClients(answers);
  const stop = whyUnusable(probes, target.baseUrl) ?? nothingLeft(probes, present, unknownClient);
  const obstacles = { absent: present.absent, unknownClient, unusable: known.unusable };
  if (stop !== undefined) return { session, stop, obstacles, doubts: [], hints: [] };

  known.absent = present.absent;
  const notKnown = [...unknownClient.values()].map((reason) => `The ${reason}`);
  const doubts = [...notKnown, ...(await faults(known))];
  const hints = [...present.hints, ...(await constantCode(known))];
  return { session: await opened(known), stop, obstacles, doubts, hints };
}

/** A session with what is left of the target. */
function opened({ spec, target, options, unusable, absent }: Known): Promise<Session> {
  if (unusable.size === 0 && absent.size === 0) return openSession(spec, target, options);
  const operations = spec.operations.filter((one) => claims(target, one) && !absent.has(one.id)).map(({ id }) => id);
  return openSession(spec, reducedTarget(target, { without: [...unusable.keys()], operations }), options);
}

/** Notes why the capability does not work, if `finding` says so or throws. */
async function check(known: Known, capability: Capability, finding: () => Promise<string | undefined>): Promise<void> {
  try {
    noteBroken(known, capability, await finding());
  } catch (error) {
    if (isNotOffered(error)) known.unusable.set(capability, error.message);
    else noteBroken(known, capability, error instanceof Error ? error.message : String(error));
  }
}

function noteBroken({ target, unusable, broken }: Known, capability: Capability, finding: string | undefined): void {
  if (finding === undefined) return;
  const whole = PART_OF[capability];
  const declared = whole !== undefined && capabilitiesOf(target).includes(whole) ? whole : capability;
  const sentence = `target declares "${declared}", but it does not work: ${finding}`;
  unusable.set(capability, `the ${sentence}`);
  broken.set(capability, `The ${sentence}`);
}

/** What a target declares when it has the part. */
const PART_OF: Readonly<Partial<Record<Capability, Capability>>> = {
  "account-deletion": "accounts",
  "policy-read": "policy",
};

async function sandboxesFault(target: Target): Promise<string | undefined> {
  if (target.openSandbox === undefined) return undefined;
  const [one, other] = [await target.openSandbox(), await target.openSandbox()];
  await one.close();
  await other.close();
  return one.clientId === other.clientId ? "two sandboxes have the same client id" : undefined;
}

interface Contact {
  readonly session: Session;
  readonly probes: readonly Probe[];
  readonly clientId: string;
}

/** Sends the probes. Without the sandboxes, if the API does not know their client ids. */
async function firstContact(known: Known): Promise<Contact> {
  const inside = await contact(known);
  if (inside.session.target.openSandbox === undefined || unknownClients(inside).size === 0) return inside;
  noteBroken(known, "sandboxes", "the API does not know the client id of a new sandbox");
  return contact(known);
}

async function contact(known: Known): Promise<Contact> {
  const { spec, target, options } = known;
  const session = await opened(known);
  const isAsked = (operation: Operation) => options.dialects?.includes(operation.dialect) ?? true;
  const { world, close } = await createWorld(session, aboutCheck("operations"));
  const probes = await probed(
    world,
    spec.operations.filter((operation) => claims(target, operation) && isAsked(operation)),
  );
  // A sandbox that cannot be closed is noted by its check.
  await close().catch(() => undefined);
  return { session, probes, clientId: world.clientId };
}

/** Why no operation is left, if no dialect with operations knows the client id. */
function nothingLeft(probes: readonly Probe[], { absent }: Absent, unknown: ReadonlyMap<string, string>) {
  const there = probes.filter(({ operation }) => !absent.has(operation.id));
  const [first] = unknown.values();
  const isNone = there.every(({ operation }) => unknown.has(operation.dialect));
  return isNone && first !== undefined ? `The ${first}` : undefined;
}

/** Tries each capability, and says in a sentence which ones do not work. */
async function faults(known: Known): Promise<readonly string[]> {
  let session = await opened(known);
  for (const one of capabilityChecks) {
    const before = known.unusable.size;
    await check(known, one.capability, () => findingOf(session, one));
    if (known.unusable.size > before) session = await opened(known);
  }
  return [...known.broken.values()];
}

/** Treats the codes as fixed if they are, and says how to declare it. */
async function constantCode(known: Known): Promise<readonly string[]> {
  if (!(await hasOneCode(await opened(known)))) return [];
  known.unusable.set("unique-codes", "all codes of the target are the same");
  return [
    'Three codes in a row are the same. Is every code the same? Then set code_semantics to "fixed" in the description, or codeSemantics in the target module.',
  ];
}
