/** Checks a response: the documented refusal, exactly, or the documented success. */

import type { Refusal } from "../spec/dialects/codec.ts";
import { codecOf } from "../spec/dialects/index.ts";
import type { DocumentedError, Texts } from "../spec/types.ts";
import type { Draft, Reply, World } from "./world.ts";

export type Language = "en" | "zh";

/** The values for {0}, {1} of a text, or a pattern for them; undefined if the documents leave them open. */
export type Params = readonly (string | number | RegExp | undefined)[];

export interface RefusalOptions {
  readonly params?: Params;
  /** Other checks whose refusal is accepted, where the documents allow several. */
  readonly or?: readonly string[];
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
  const english = expectRefusal(world, await world.send(draft, "en"), check, "en", options);
  if (english === "success") return false;
  expectRefusal(world, await world.send((await options.again?.()) ?? draft, "zh"), check, "zh", options);
  return true;
}

/** Expects the refusal of the check. Returns `success` if the documents allow that too and the response succeeded. */
export function expectRefusal(
  world: World,
  reply: Reply,
  check: string,
  language: Language | "either",
  { params = [], or = [] }: RefusalOptions = {},
): "refused" | "success" {
  const { errors, dialect } = world.operation(reply.operation);
  const expected = errorOf(errors, check, reply.operation);
  const allowed = [expected, ...or.map((name) => errorOf(errors, name, reply.operation))];
  const codes = [...new Set(allowed.flatMap(({ code, also }) => [code, ...also]))];
  const refusal = codecOf(dialect).refusalOf(reply, reply.json);
  if (refusal === undefined) {
    if (reply.succeeded && codes.includes("success")) return "success";
    world.violate(`error code (${check})`, codes.join(" or "), described(reply));
    return "refused";
  }
  const meant = allowed.find(({ code }) => code === refusal.code) ?? expected;
  expectStatusOf(world, reply, refusal, { check, status: meant.status });
  if (!world.expect(isAmong(codes, refusal.code), `error code (${check})`, codes.join(" or "), refusal.code))
    return "refused";
  const texts = allowed.filter(({ code }) => code === refusal.code).map((error) => error.texts);
  const known = texts.length > 0 ? texts : world.spec.textsOf(refusal.code);
  expectText(world, refusal.text, known, language, params, check);
  return "refused";
}

/** The expected HTTP status; the response's own status if the target's policy says "mirror". */
function expectStatusOf(
  world: World,
  reply: Reply,
  { ownStatus }: Refusal,
  { check, status }: { readonly check: string; readonly status: number },
): void {
  const isMirrored = ownStatus !== undefined && world.states(MIRROR) && world.figure(MIRROR) === "mirror";
  const wanted = isMirrored ? ownStatus : status;
  world.expect(reply.status === wanted, `status (${check})`, String(wanted), String(reply.status));
}

const MIRROR = "genauth_http_status";

/** A code that ends in `/*` matches every code with this prefix, and the prefix alone. */
function isAmong(codes: readonly string[], code: string): boolean {
  return codes.some((one) => one === code || (one.endsWith("/*") && code.split("/", 1)[0] === one.slice(0, -2)));
}

/** Expects the documented success: status 200, and a body if one is documented. */
export function expectSuccess(world: World, reply: Reply): boolean {
  const { success } = world.operation(reply.operation);
  if (!reply.succeeded) return world.expect(false, `status (${reply.operation} succeeds)`, "200", described(reply));
  // `send` has already recorded an unexpected or invalid body.
  return success !== undefined || reply.body === "";
}

/** Expects any documented refusal, for a request whose error the documents do not name. */
export function expectSomeRefusal(world: World, reply: Reply, why: string): void {
  const { errors, dialect } = world.operation(reply.operation);
  const codes = [...errors.values()].flatMap(({ code, also }) => [code, ...also]);
  const refusal = codecOf(dialect).refusalOf(reply, reply.json);
  const isClientError = reply.status >= 400 && reply.status < 500;
  const isRefused = refusal === undefined ? isClientError : isAmong(codes, refusal.code);
  world.expect(isRefused, `response to ${why}`, "a documented refusal, or a status from 400 to 499", described(reply));
}

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

function expectText(
  world: World,
  text: string,
  known: readonly Texts[],
  language: Language | "either",
  params: Params,
  check: string,
): void {
  if (known.length === 0) return;
  const languages: readonly Language[] = language === "either" ? ["en", "zh"] : [language];
  const fits = known.some((texts) => languages.some((one) => isText(text, texts, one, params)));
  const expected = [...new Set(known.flatMap((texts) => languages.map((one) => wanted(texts, one, params))))].join(
    " or ",
  );
  const name = { en: "English", zh: "Chinese", either: "English or Chinese" }[language];
  world.expect(fits, `text in ${name} (${check})`, expected, text);
}

/**
 * An undocumented text must only be in the right language. If both languages are undocumented, any text is accepted.
 */
function isText(text: string, texts: Texts, language: Language, params: Params): boolean {
  if (!texts.enDocumented && !texts.zhDocumented) return text !== "";
  if (language === "zh" && !texts.zhDocumented) return HAN.test(text);
  return pattern(texts[language], params).test(text);
}

function wanted(texts: Texts, language: Language, params: Params): string {
  if (!texts.enDocumented && !texts.zhDocumented) return "any text";
  if (language === "zh" && !texts.zhDocumented) return "any Chinese text";
  return texts[language].replace(/\{(\d)\}/g, (placeholder, index) => {
    const param = params[Number(index)];
    return param === undefined || param instanceof RegExp ? placeholder : String(param);
  });
}

const HAN = /\p{Script=Han}/u;

function pattern(text: string, params: Params): RegExp {
  const parts = text.split(/\{(\d)\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const param = params[Number(part)];
    if (param === undefined) return ".+";
    return param instanceof RegExp ? `(?:${param.source})` : escaped(String(param));
  });
  return new RegExp(`^${parts.join("")}$`, "su");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
