/** Checks a response: the documented refusal, exactly, or the documented success. */

import { type Basis, inferred, universal, weaker } from "../spec/basis.ts";
import type { Refusal } from "../spec/dialects/codec.ts";
import { codecOf } from "../spec/dialects/index.ts";
import type { DocumentedError } from "../spec/types.ts";
import { expectText, type Language, type Params } from "./expect-text.ts";
import type { Draft, Reply, World } from "./world.ts";

export interface RefusalOptions {
  readonly params?: Params;
  /** Other checks whose refusal is accepted, where the documents allow several. */
  readonly or?: readonly string[];
  /** The check that the request fails too, in a case about the order of the two. */
  readonly before?: string;
  /** Creates the draft for the second language, if the first request changed something. */
  readonly again?: () => Promise<Draft>;
}

/** Sends the draft in both languages, and expects the exact refusal of the check. Returns whether it was refused. */
export async function sendAndExpectRefusal(
  world: World,
  draft: Draft,
  check: string,
  options: RefusalOptions = {},
): Promise<boolean> {
  if (!expectRefusal(world, await world.send(draft, "en"), check, "en", options)) return false;
  return expectRefusal(world, await world.send((await options.again?.()) ?? draft, "zh"), check, "zh", options);
}

/** Expects the refusal of the check. Returns whether the API refused the request, for whatever reason. */
export function expectRefusal(
  world: World,
  reply: Reply,
  check: string,
  language: Language | "either",
  { params = [], or = [], before }: RefusalOptions = {},
): boolean {
  const { errors, dialect, id } = world.operation(reply.operation);
  const expected = errorOf(errors, check, id);
  const allowed = [expected, ...or.map((name) => errorOf(errors, name, id))];
  const codes = [...new Set(allowed.flatMap(codesOf))];
  const refusal = codecOf(dialect).refusalOf(reply, reply.json);
  if (refusal === undefined) {
    expectNoSuccess(world, reply, { expected, codes, before });
    return false;
  }
  const meant = allowed.find(({ code }) => code === refusal.code) ?? expected;
  expectStatusOf(world, reply, refusal, meant);
  const { exchange } = reply;
  const basis = allowed.map((one) => one.basis).reduce(weaker, world.ceiling);
  const isAllowed = isAmong(codes, refusal.code);
  if (before !== undefined) noteOrder(world, reply, { check, before, code: refusal.code });
  else if (or.length === 0 && (isAllowed || expected.basis.strength === "inferred"))
    world.choose(`${id}/${check}`, expected.code, refusal.code);
  if (!world.expect(isAllowed, `error code (${check})`, inWords(codes), refusal.code, { basis, exchange })) return true;
  const texts = allowed.filter(({ code }) => code === refusal.code).map((error) => error.texts);
  const known = texts.length > 0 ? texts : world.spec.textsOf(refusal.code);
  expectText(world, refusal.text, { known, language, params, check, exchange });
  return true;
}

interface OrderQuestion {
  readonly check: string;
  readonly before: string;
  /** Of the refusal. */
  readonly code: string;
}

/** Records the order of the target if the refusal is that of the later check. */
function noteOrder(world: World, { operation }: Reply, { check, before, code }: OrderQuestion): void {
  const { errors } = world.operation(operation);
  const [first, second] = [check, before].map((name) => codesOf(errorOf(errors, name, operation)));
  if (!isAmong(first ?? [], code) && isAmong(second ?? [], code))
    world.choose(`${operation}/order`, `${check} before ${before}`, `${before} before ${check}`);
}

interface Expected {
  readonly expected: DocumentedError;
  /** All codes that are accepted. */
  readonly codes: readonly string[];
  readonly before: string | undefined;
}

/** Records a success where a refusal is required, and a response in no form of the API. */
function expectNoSuccess(world: World, reply: Reply, { expected, codes, before }: Expected): void {
  const { operation, exchange } = reply;
  const { check, code } = expected;
  const wanted = inWords(codes);
  if (reply.succeeded) {
    const requirement = requirementOf(expected);
    if (requirement.strength === "inferred" && before === undefined)
      world.choose(`${operation}/${check}`, code, "success");
    world.violate(`error code (${check})`, wanted, described(reply), {
      basis: weaker(world.ceiling, requirement),
      exchange,
    });
  } else if (reply.status < 500) {
    // A server error is already recorded.
    world.violate(`error code (${check})`, wanted, described(reply), { basis: KNOWN_FORM, certain: true, exchange });
  }
}

/** How well it is founded that such a request must be refused. `also: [success]` says that it need not be. */
function requirementOf({ also, basis, summary }: DocumentedError): Basis {
  if (also.includes("success")) return inferred(`No page requires a refusal. ${basis.source}`);
  return basis.strength === "documented" ? basis : universal(`Such a request must not succeed: ${summary}.`);
}

const KNOWN_FORM = universal("A client reads each refusal in the API's form for errors.");

/** The expected HTTP status; the response's own status if the target's policy says "mirror". */
function expectStatusOf(world: World, reply: Reply, { ownStatus }: Refusal, { status, basis }: DocumentedError): void {
  const isMirrored = ownStatus !== undefined && world.states(MIRROR) && world.figure(MIRROR) === "mirror";
  const wanted = isMirrored ? ownStatus : status;
  if (reply.status === wanted || (reply.status >= 500 && reply.status !== ownStatus)) return;
  const { operation, exchange } = reply;
  const details = { basis: weaker(world.ceiling, basis), exchange };
  world.noteForm(operation, "status of a refusal", String(wanted), String(reply.status), details);
}

/** All that the documents allow for the error. */
function codesOf({ code, also }: DocumentedError): readonly string[] {
  return [code, ...also];
}

function inWords(codes: readonly string[]): string {
  return codes.filter((code) => code !== "success").join(" or ");
}

const MIRROR = "genauth_http_status";

/** A code that ends in `/*` matches every code with this prefix, and the prefix alone. */
export function isAmong(codes: readonly string[], code: string): boolean {
  return codes.some((one) => one === code || (one.endsWith("/*") && code.split("/", 1)[0] === one.slice(0, -2)));
}

/**
 * Expects that the request succeeded. The form of the response is for the form case.
 * Throws `Busy` if the target limits the requests: that says nothing about this one.
 */
export function expectSuccess(world: World, reply: Reply): boolean {
  const { operation, exchange, busy } = reply;
  if (busy !== undefined) throw busy;
  // A server error is already recorded.
  if (reply.succeeded || reply.status >= 500) return reply.succeeded;
  const basis = weaker(world.ceiling, world.operation(operation).page);
  return world.expect(false, `valid ${operation} request`, "success", described(reply), { basis, exchange });
}

/** Expects any refusal, for a request whose error the documents do not name. */
export function expectSomeRefusal(world: World, reply: Reply, why: string, need: Basis = world.ceiling): void {
  if (!expectRefused(world, reply, why, need)) return;
  const { errors, dialect } = world.operation(reply.operation);
  const codes = [...errors.values()].flatMap(codesOf);
  const refusal = codecOf(dialect).refusalOf(reply, reply.json);
  if (refusal === undefined || reply.status >= 500 || isAmong(codes, refusal.code)) return;
  // A refusal with a code of its own is a choice.
  const details = { basis: NO_ERROR_NAMED, exchange: reply.exchange };
  world.violate(`response to ${why}`, "an error code that the operation documents", described(reply), details);
}

/** Expects a refusal with whatever error, for a case that is not about the error. Returns whether it is one. */
export function expectRefused(world: World, reply: Reply, why: string, need: Basis = world.ceiling): boolean {
  const { status, exchange } = reply;
  const isRefusal = codecOf(world.operation(reply.operation).dialect).refusalOf(reply, reply.json) !== undefined;
  // A server error is already recorded.
  if (isRefusal || status >= 400) return true;
  const details = { basis: weaker(world.ceiling, need), exchange };
  return world.expect(false, `response to ${why}`, ANY_REFUSAL, described(reply), details);
}

const ANY_REFUSAL = "a documented refusal, or a status from 400 to 499";
const NO_ERROR_NAMED = inferred("No page names the error for this request.");

/** The response in one line. */
export function described({ status, body }: Reply): string {
  if (body === "") return `${status} without a body`;
  return `${status} ${body.length > 300 ? `${body.slice(0, 300)}...` : body}`;
}

function errorOf(errors: ReadonlyMap<string, DocumentedError>, check: string, operation: string): DocumentedError {
  const error = errors.get(check);
  if (error === undefined) throw new Error(`openapi.yaml has no check ${check} for ${operation}`);
  return error;
}
