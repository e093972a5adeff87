/**
 * What this backend can do differently. presets.ts has the values of a small test build and of a whole one; a variant changes
 * some of them.
 */
import type { Figures, Spelling } from "./figures.ts";

export const CAPABILITIES = [
  "sandboxes",
  "accounts",
  "account-read",
  "password-check",
  "tokens",
  "captcha-tokens",
  "captcha-answer",
  "codes",
  "messages",
  "clock",
  "faults",
  "policy",
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** Another refusal than the usual one. A code without texts of this backend needs both texts. */
export interface Instead {
  /** Bamboocloud: without the prefix. */
  readonly code?: string;
  /** The HTTP status of Bamboocloud, the statusCode of GenAuth. */
  readonly status?: number;
  /** GenAuth; null for none. */
  readonly apiCode?: number | null;
  readonly en?: string;
  readonly zh?: string;
}

/** How an operation orders its checks. A number shuffles them. The application is always the first. */
export type Order = "usual" | "reversed" | "token-first" | "token-last" | "device-last" | "code-first" | number;

export interface Choices extends ControlChoices, HttpChoices, CodeChoices, CaptchaChoices, AccountChoices {
  /** The values that the control protocol calls the policy. */
  readonly figures: Partial<Figures>;
  /** By cause, or by operation and cause: "sendEmail email-missing". */
  readonly instead: Readonly<Record<string, Instead>>;
  readonly order: Order;
  readonly genauth: GenauthChoices;
}

interface ControlChoices {
  readonly capabilities: readonly Capability[];
  readonly dialects: readonly string[];
  /** The operations that the description claims; null claims none by name. */
  readonly operations: readonly string[] | null;
  /** null leaves it out of the description. */
  readonly saidCodes: "unique" | "fixed" | null;
  /** The status by subject: "policy code_resend_seconds", "policy send_to_unknown=fail", "fault gateway-down", "expired tokens". */
  readonly controlRefusals: Readonly<Record<string, number>>;
  /** The status of calls that it does not offer. */
  readonly notOffered: number;
  /** The stated keys of the policy; null states all. */
  readonly stated: readonly string[] | null;
  /** Keys that it does not state, because no value of them says what it does. */
  readonly unstated: Readonly<Record<string, true>>;
  readonly policyCanChange: boolean;
  readonly accountIds: "plain" | "odd";
  /** How the control protocol writes numbers, and addresses. */
  readonly shownNumbers: Spelling;
  readonly shownAddresses: "as-given" | "lower";
  /** Whether a planted code may be chosen. */
  readonly plantsGivenCodes: boolean;
  /** How long a call waits for a message, at most. */
  readonly longestWaitSeconds: number;
}

interface HttpChoices {
  readonly contentType: string;
  /** `{}` as the body of a success without content, or no body with or without content type. */
  readonly emptySuccess: "typed" | "bare" | "object";
  readonly compactJson: boolean;
  /** Additional fields of each body. */
  readonly errorExtras: boolean;
  readonly loginExtras: boolean;
  readonly captchaExtras: boolean;
  /** A gateway refuses every such request to the API, with Retry-After: 0. */
  readonly gateway: { readonly every: number | null; readonly status: number; readonly form: "error" | "html" };
  readonly malformedBody: "error" | "missing-fields" | "problem" | "unsupported";
  readonly unknownFields: "ignored" | "refused";
  readonly numbersAsTexts: boolean;
  /** A field that has only blanks, and a header that is empty. */
  readonly blankFields: "missing" | "value";
  readonly emptyHeaders: "missing" | "value";
  readonly unknownPath: "error" | "html" | "problem";
  readonly trailingSlash: boolean;
  readonly pathCase: boolean;
  readonly headAndOptions: boolean;
  readonly cors: boolean;
  readonly language: "prefix" | "exact" | "accept-language";
}

interface CodeChoices {
  readonly fixedCode: string | null;
  readonly alphabet: string;
  /** How long a message is under way. */
  readonly deliveryMs: number;
  /** The same code is sent again while it is valid. */
  readonly sendsSameAgain: boolean;
  readonly day: "24-hours" | "calendar";
  /** Wrong attempts belong to a code, or to a receiver and scene until it succeeds. */
  readonly attemptsPer: "code" | "receiver";
}

interface CaptchaChoices {
  readonly challengeUse: "first-try" | "solved";
  readonly judgesY: boolean;
  readonly passToken: "pair" | "opaque";
}

interface AccountChoices {
  readonly foreignNumbers: boolean;
  /** Whether a plain number may begin with a dash. */
  readonly leadingDash: boolean;
  /** Whether blanks around a number or an address do not count. */
  readonly trimsReceivers: boolean;
  readonly addresses: "usual" | "loose" | "strict";
  readonly addressCase: "ignored" | "kept-apart";
  readonly storesAddresses: "as-given" | "lower";
  readonly ownNumber: "accepted" | "refused";
  readonly holdsReleased: boolean;
  readonly bearerCase: "ignored" | "exact";
  readonly tokenForm: "opaque" | "jwt";
  /** Whether the tokens of an account end when it changes its password, or its number or address. */
  readonly passwordEndsTokens: boolean;
  readonly contactEndsTokens: boolean;
  readonly resetOfUnknown: "told" | "as-wrong-code";
  readonly password: PasswordChoices;
}

export interface PasswordChoices {
  readonly length: "code-points" | "code-units" | "bytes";
  readonly shortestIdentity: number;
  readonly pinyin: "family-first" | "either";
}

interface GenauthChoices {
  readonly missingApp: "refused" | "not-needed";
  readonly checksChannel: boolean;
  readonly checksNewChannel: boolean;
  readonly requestId: "always" | "failures" | "never";
  readonly successMessage: string;
  readonly updateData: boolean;
  readonly scheme: "both" | "raw" | "bearer";
  readonly language: "asked" | "en" | "zh";
  readonly areaCodeInNumber: boolean;
  /** An area code that is not a text. */
  readonly oddAreaCode: "refused" | "ignored";
  readonly wholeProfile: boolean;
  readonly nullData: boolean;
}

/** The parts of some choices replace those of others, field by field where the value is a record. */
export type Options = {
  readonly [Name in keyof Choices]?: Choices[Name] extends readonly unknown[] | null
    ? Choices[Name]
    : Partial<Choices[Name]>;
};

export function withOptions(choices: Choices, options: Options): Choices {
  const merged: Record<string, unknown> = { ...choices };
  for (const [name, value] of Object.entries(options)) {
    merged[name] = isRecord(value) ? { ...(merged[name] as object), ...value } : value;
  }
  // The keys are those of the choices, and each value has the type of its key.
  return merged as unknown as Choices;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
