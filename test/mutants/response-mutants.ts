/** Bugs in the responses: one per documented operation, error code and kind of mistake. */
import type { DocumentedError, Operation, Spec, Texts } from "../../contracts/spec/types.ts";
import { grouped } from "./grouped.ts";

/** The changed dialect. GenAuth documents hardly any code and no text, so few of these would be bugs there. */
export const DIALECT = "bamboocloud";

export interface ResponseMutant {
  readonly operation: string;
  /** The error code of the changed responses; undefined for the documented success. */
  readonly code: string | undefined;
  /** The kind of mistake. */
  readonly operator: string;
  alter: Alter;
}

export interface ApiResponse {
  readonly status: number;
  /** Empty, or JSON. */
  readonly body: string;
}

/** The changed response, or the same one if the change has no effect; `chinese` is the requested language. */
type Alter = (response: ApiResponse, chinese: boolean) => ApiResponse;

export function responseMutants(spec: Spec): readonly ResponseMutant[] {
  return spec.operations
    .filter(({ dialect }) => dialect === DIALECT)
    .flatMap((operation) => [...mutantsOfSuccess(spec, operation), ...mutantsOfErrors(operation)]);
}

function mutantsOfErrors(operation: Operation): ResponseMutant[] {
  const byCode = grouped(operation.errors.values(), ({ code }) => code);
  return [...byCode].flatMap(([code, errors]) =>
    Object.entries(operatorsOn(operation, code, errors)).map(([operator, alter]) => ({
      operation: operation.id,
      code,
      operator,
      alter,
    })),
  );
}

/** Only responses that no case may accept: alternatives of `also`, and texts that no page shows, are not wrong. */
function operatorsOn(operation: Operation, code: string, errors: readonly DocumentedError[]): Record<string, Alter> {
  const [{ texts }] = errors as readonly [DocumentedError];
  const other = anotherError(operation, code, errors);
  return {
    ...(other === undefined ? {} : { "another documented code": answering(other) }),
    ...(errors.every(({ also }) => also.includes("success")) ? {} : { "success instead": () => SUCCESS }),
    "status 200": withStatus(200),
    "status 401": withStatus(401),
    "status 422": withStatus(422),
    "status 500": withStatus(500),
    "wrong English text": (response, chinese) => (chinese ? response : withText(response, altered)),
    ...(errors.some((error) => error.texts.zhDocumented) ? { "wrong Chinese text": wrongChinese } : {}),
    "always in English": (response, chinese) =>
      chinese ? withText(response, translated(texts.zh, texts.en)) : response,
    "always in Chinese": (response, chinese) =>
      chinese ? response : withText(response, translated(texts.en, texts.zh)),
    "without error_code": without("error_code"),
    "without error_msg": without("error_msg"),
    "one field more": more,
  };
}

const SUCCESS: ApiResponse = { status: 200, body: "" };

function mutantsOfSuccess(spec: Spec, { id, success }: Operation): ResponseMutant[] {
  const operators = success === undefined ? WRONG_EMPTINESS : operatorsOnBody(requiredFields(spec, success));
  return Object.entries({ "status 201": withStatus(201), ...operators }).map(([operator, alter]) => ({
    operation: id,
    code: undefined,
    operator,
    alter,
  }));
}

const WRONG_EMPTINESS: Record<string, Alter> = {
  "an empty object for a body": (response) => ({ ...response, body: "{}" }),
  "a text for a body": (response) => ({ ...response, body: "OK" }),
};

function operatorsOnBody(fields: readonly string[]): Record<string, Alter> {
  return {
    ...Object.fromEntries(fields.map((field) => [`without ${field}`, without(field)])),
    "one field more": more,
    "no body": (response) => ({ ...response, body: "" }),
  };
}

function requiredFields(spec: Spec, reference: string): readonly string[] {
  const { components } = spec.schema(reference) as { components: { schemas: Record<string, { required: string[] }> } };
  return components.schemas[reference.split("/").at(-1) ?? ""]?.required ?? [];
}

/** Another error of the operation, with a code that is not an alternative of these checks. */
function anotherError(operation: Operation, code: string, errors: readonly DocumentedError[]) {
  const allowed = new Set([code, ...errors.flatMap(({ also }) => also)]);
  return [...operation.errors.values()].find((candidate) => !allowed.has(candidate.code));
}

function answering({ code, texts }: DocumentedError): Alter {
  return (response, chinese) =>
    withFields(response, () => ({ error_code: code, error_msg: chinese ? texts.zh : texts.en }));
}

function withStatus(status: number): Alter {
  return (response) => ({ ...response, status });
}

const wrongChinese: Alter = (response, chinese) => (chinese ? withText(response, altered) : response);

const more: Alter = (response) => withFields(response, (fields) => ({ ...fields, request_id: "1" }));

function without(name: string): Alter {
  return (response) => withFields(response, ({ [name]: _, ...others }) => others);
}

/** The smallest change, and not at the end, where a text may have an open part. */
function altered(text: string): string {
  return `${text.slice(0, 1)}${text.slice(2)}`;
}

/** The values of {0} and {1} are kept. */
function translated(from: Texts["en"], to: string): (text: string) => string {
  const parts = from.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return (text) => {
    const [, ...params] = new RegExp(`^${parts.join("(.+)")}$`, "su").exec(text) ?? [];
    return to.replace(/\{(\d)\}/g, (_, index) => params[Number(index)] ?? "");
  };
}

function withText(response: ApiResponse, change: (text: string) => string): ApiResponse {
  return withFields(response, (fields) => ({ ...fields, error_msg: change(String(fields["error_msg"])) }));
}

function withFields(
  response: ApiResponse,
  change: (fields: Record<string, unknown>) => Record<string, unknown>,
): ApiResponse {
  return { ...response, body: JSON.stringify(change(JSON.parse(response.body))) };
}
