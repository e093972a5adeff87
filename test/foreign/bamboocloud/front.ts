/** The front of the Bamboocloud API: finds the operation of a request, and lets its checks decide. */
import type { Cause, Refusal } from "../causes.ts";
import { throttled } from "../gateway.ts";
import { type Call, fieldsOf, filledHeader, type HttpResponse, problem } from "../http-values.ts";
import type { Choices } from "../options.ts";
import { ordered } from "../order.ts";
import { type Sandboxes, takeFault, worldFor } from "../sandboxes.ts";
import type { World } from "../state.ts";
import type { Language } from "../texts.ts";
import { textOf } from "../texts-of-fields.ts";
import { getCaptcha, verifyCaptcha } from "./captcha.ts";
import { loginByMobileCode } from "./login.ts";
import { type Ask, mobileIn, type Operation, tokenState } from "./operation.ts";
import { resetPasswordByMobile, updatePasswordByMobile } from "./password.ts";
import { updateEmail, updateMobile } from "./profile.ts";
import { answer, languageOf, refusal, success } from "./responses.ts";
import { sendEmail, sendSms } from "./sending.ts";

const BASE = "/api/v2/sdk/";

/** The password call without Authorization is an operation of its own. */
const paths: Readonly<Record<string, readonly Operation[]>> = {
  captcha: [getCaptcha],
  "captcha/verify": [verifyCaptcha],
  "sms/send": [sendSms],
  "email/send": [sendEmail],
  "login/mobile-verify-code": [loginByMobileCode],
  "profile/update-mobile": [updateMobile],
  "profile/update-email": [updateEmail],
  "pwd/update-by-mobile": [updatePasswordByMobile, resetPasswordByMobile],
};

export const operations: readonly Operation[] = Object.values(paths).flat();

export function respond(call: Call, sandboxes: Sandboxes): HttpResponse {
  const { choices } = sandboxes;
  const language = languageOf(call, choices);
  const error = (code: string, status: number) => answer({ code, status, language, choices });
  const [first, second = first] = operationsAt(call.path, choices);
  if (first === undefined || second === undefined) return unknownPath(choices, () => error("HTTP.0404", 404));
  if (first.method !== call.method) return otherMethod(call, first, choices, () => error("HTTP.0405", 405));
  if (call.body === undefined) return error("HTTP.0413", 413);
  if (sandboxes.isThrottled()) return throttled(choices, () => error("HTTP.0429", choices.gateway.status));
  const operation = call.header("authorization") === undefined ? second : first;
  return carriedOut(call, operation, sandboxes, language);
}

function operationsAt(path: string, { trailingSlash, pathCase }: Choices): readonly Operation[] {
  const known = pathCase ? path.toLowerCase() : path;
  if (!known.startsWith(BASE)) return [];
  const name = known.slice(BASE.length);
  const bare = trailingSlash ? name.replace(/\/$/, "") : name;
  return Object.hasOwn(paths, bare) ? (paths[bare] ?? []) : [];
}

function unknownPath({ unknownPath }: Choices, error: () => HttpResponse): HttpResponse {
  if (unknownPath === "problem") return problem(404, "No such interface");
  if (unknownPath === "error") return error();
  return { status: 404, headers: { "content-type": "text/html" }, text: "<h1>404 Not Found</h1>" };
}

function otherMethod(
  { method }: Call,
  operation: Operation,
  choices: Choices,
  error: () => HttpResponse,
): HttpResponse {
  if (!choices.headAndOptions) return { ...error(), headers: { allow: operation.method } };
  if (method === "OPTIONS") return { status: 204, headers: { allow: `${operation.method}, OPTIONS` } };
  if (method === "HEAD" && operation.method === "GET") return { status: 200 };
  return { ...error(), headers: { allow: operation.method } };
}

/** The application is the first check, because all others are about its data. */
function carriedOut(call: Call, operation: Operation, sandboxes: Sandboxes, language: Language): HttpResponse {
  const { choices } = sandboxes;
  const refused = (found: Cause | Refusal) => refusal(found, { operation, language, choices });
  const client = headerOf(call, choices)("x-client-id");
  if (client === undefined) return refused("client-missing");
  const world = worldFor(sandboxes, client);
  if (world === undefined) return refused("client-unknown");
  const fault = takeFault(world, operation.id);
  if (fault?.cause !== undefined) return refused(fault.cause as Cause);
  if (fault?.code !== undefined) return answer({ code: fault.code, status: fault.status ?? 400, language, choices });
  if (fault !== undefined) return fault.response;
  const fields = fieldsIn(call, operation, choices);
  if (!("fields" in fields)) return "cause" in fields ? refused(fields.cause) : fields;
  const ask = askOf(call, world, fields.fields, language);
  for (const check of ordered(operation.checks, choices.order)) {
    const found = check.judge(ask);
    if (found !== undefined) return refused(found);
  }
  return success(operation.carryOut(ask), choices);
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsIn(
  call: Call,
  { method, fields }: Operation,
  choices: Choices,
): { readonly fields: Fields } | { readonly cause: Cause } | HttpResponse {
  if (method === "GET") return { fields: {} };
  const isJson = /^application\/json\b/i.test(call.header("content-type") ?? "");
  if (choices.malformedBody === "unsupported" && !isJson) return { cause: "body-unsupported" };
  const found = fieldsOf(call.body ?? "");
  if (found === undefined) {
    if (choices.malformedBody === "problem") return problem(400, "The request body is not a JSON object");
    return choices.malformedBody === "missing-fields" ? { fields: {} } : { cause: "body-malformed" };
  }
  const isStrict = choices.unknownFields === "refused";
  return isStrict && Object.keys(found).some((name) => !fields.includes(name))
    ? { cause: "field-unknown" }
    : { fields: found };
}

function askOf(call: Call, world: World, fields: Fields, language: Language): Ask {
  const { choices } = world;
  const text = (name: string) => textOf(fields, name, choices);
  const authorization = filledHeader(call, "authorization");
  const token = tokenState(world, authorization);
  return {
    world,
    choices,
    figures: world.policy.of("bamboocloud"),
    language,
    authorization,
    header: headerOf(call, choices),
    text,
    mobile: (name) => mobileIn(world, text(name)),
    token,
    account: typeof token === "object" ? token : undefined,
    shown: {},
  };
}

function headerOf(call: Call, { emptyHeaders }: Choices): (name: string) => string | undefined {
  return emptyHeaders === "value" ? call.header : (name) => filledHeader(call, name);
}
