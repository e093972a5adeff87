/** The front of GenAuth: every response has HTTP status 200 and an envelope, unless the policy mirrors the statusCode. */
import { randomUUID } from "node:crypto";
import { throttled } from "../gateway.ts";
import { type Call, fieldsOf, filledHeader, type HttpResponse, problem } from "../http-values.ts";
import type { Choices, Instead } from "../options.ts";
import { ordered } from "../order.ts";
import { type Sandboxes, takeFault, worldFor } from "../sandboxes.ts";
import type { World } from "../state.ts";
import type { Language } from "../texts.ts";
import { textOf } from "../texts-of-fields.ts";
import { type Ask, type Fields, type Operation, tokenState } from "./operation.ts";
import { type GenauthCause, type GenauthRefusal, genauthRefusal, THROTTLED, withInstead } from "./refusals.ts";
import { sendSms } from "./send-sms.ts";
import { getProfile, updatePhone } from "./update-phone.ts";
import { verifyUpdatePhone } from "./verify-update-phone.ts";

const operations: Readonly<Record<string, Operation>> = {
  "/api/v3/send-sms": sendSms,
  "/api/v3/verify-update-phone-request": verifyUpdatePhone,
  "/api/v3/update-phone": updatePhone,
  "/api/v3/get-profile": getProfile,
};

interface Place {
  readonly operation: Operation;
  readonly language: Language;
  readonly choices: Choices;
  readonly world: World | undefined;
}

export function respond(call: Call, sandboxes: Sandboxes): HttpResponse {
  const operation = Object.hasOwn(operations, call.path) ? operations[call.path] : undefined;
  const { choices } = sandboxes;
  const language = languageOf(call, choices);
  if (operation === undefined) return problem(404, "No such interface");
  if (operation.method !== call.method)
    return { ...problem(405, "Method not allowed"), headers: { allow: operation.method } };
  if (call.body === undefined) return problem(413, "The request body is too large");
  const client = filledHeader(call, "x-authing-app-id") ?? filledHeader(call, "x-genauth-app-id");
  const isNeeded = choices.genauth.missingApp === "refused";
  const world = client === undefined && isNeeded ? undefined : worldOf(call, sandboxes, client);
  const place: Place = { operation, language, choices, world };
  if (sandboxes.isThrottled()) {
    const { status } = choices.gateway;
    return throttled(choices, () => ({ ...enveloped({ ...THROTTLED, status }, place), status }));
  }
  if (client === undefined && isNeeded) return refused("client-missing", place);
  return world === undefined ? refused("client-unknown", place) : carriedOut(call, world, place);
}

/** Without an app id, the account of the access token tells which application it is. */
function worldOf(call: Call, sandboxes: Sandboxes, client: string | undefined): World | undefined {
  if (client !== undefined) return worldFor(sandboxes, client);
  const knows = (world: World) => typeof tokenState(world, filledHeader(call, "authorization")) === "object";
  return [...sandboxes.worlds.values()].find(knows) ?? worldFor(sandboxes, sandboxes.clientId);
}

function carriedOut(call: Call, world: World, place: Place): HttpResponse {
  const { operation, choices, language } = place;
  const fault = takeFault(world, operation.id);
  if (fault?.cause !== undefined) return refused(fault.cause as GenauthCause, place);
  if (fault?.code !== undefined) return enveloped(codeRefusal(fault.code), place);
  if (fault !== undefined) return fault.response;
  const fields = fieldsIn(call, operation, choices);
  if (fields === undefined)
    return choices.malformedBody === "problem" ? problem(400, "Not a JSON object") : refused("body-malformed", place);
  const ask = askOf(call, world, fields, language);
  for (const check of ordered(operation.checks, choices.order)) {
    const found = check.judge(ask);
    if (found !== undefined) return refused(found, place);
  }
  return succeeded(operation.carryOut(ask), choices);
}

function fieldsIn(call: Call, { method }: Operation, { malformedBody }: Choices): Fields | undefined {
  if (method === "GET") return {};
  return fieldsOf(call.body ?? "") ?? (malformedBody === "missing-fields" ? {} : undefined);
}

function askOf(call: Call, world: World, fields: Fields, language: Language): Ask {
  const { choices } = world;
  const token = tokenState(world, filledHeader(call, "authorization"));
  return {
    world,
    choices,
    figures: world.policy.of("genauth"),
    language,
    fields,
    text: (name, inside = fields) => textOf(inside, name, choices),
    token,
    account: typeof token === "object" ? token : undefined,
    found: {},
  };
}

function languageOf(call: Call, { genauth, figures }: Choices): Language {
  if (genauth.language !== "asked") return genauth.language;
  const wanted = call.header("x-authing-lang")?.toLowerCase() ?? "";
  if (wanted.startsWith("en")) return "en";
  return wanted.startsWith("zh") ? "zh" : (figures.default_language ?? "zh");
}

function refused(cause: GenauthCause, place: Place): HttpResponse {
  const { operation, choices } = place;
  const usual = genauthRefusal(cause);
  if (usual === undefined) throw new Error(`no refusal for ${cause}`);
  const instead: Instead = choices.instead[`${operation.id} ${cause}`] ?? choices.instead[`genauth ${cause}`] ?? {};
  return enveloped(withInstead(usual, instead), place);
}

/** "409/2035" as a refusal. */
function codeRefusal(code: string): GenauthRefusal {
  const [status = "", apiCode] = code.split("/");
  return {
    status: Number(status),
    apiCode: apiCode === undefined ? null : Number(apiCode),
    en: "Refused",
    zh: "请求被拒绝",
  };
}

function enveloped({ status, apiCode, en, zh }: GenauthRefusal, { language, choices, world }: Place): HttpResponse {
  const isMirrored = (world?.policy.of("genauth") ?? choices.figures).genauth_http_status === "mirror";
  return {
    status: isMirrored ? status : 200,
    body: {
      message: language === "en" ? en : zh,
      statusCode: status,
      ...(typeof apiCode === "number" ? { apiCode } : {}),
      ...(choices.genauth.requestId === "never" ? {} : { requestId: randomUUID() }),
      ...(choices.errorExtras ? { timestamp: "2026-01-01T00:00:00Z" } : {}),
    },
  };
}

function succeeded(data: object | undefined, { genauth }: Choices): HttpResponse {
  const withId = genauth.requestId === "always" ? { requestId: randomUUID() } : {};
  const body = {
    statusCode: 200,
    message: genauth.successMessage,
    ...withId,
    ...(data === undefined && !genauth.nullData ? {} : { data: data ?? null }),
  };
  return { status: 200, body };
}
