/** Bugs in the codes and captchas that are handed out: guessable, shown to the client, or lost by a refusal. */
import type { Mutant } from "./mutant.ts";

const CODES = "core/codes.ts";
const NEXT_CODE = "  return code;";
const CAPTCHA = "core/captcha.ts";

export const sentCodeMutants: readonly Mutant[] = [
  {
    name: "each code is one more than the code before",
    file: CODES,
    find: NEXT_CODE,
    put: `const next = (tx.get("counter", "codes") ?? 123_456) + 1;
  tx.set("counter", "codes", next);
  return String(next);`,
    kills: ["*/codes-are-unpredictable"],
  },
  {
    name: "every code is the same",
    file: CODES,
    find: NEXT_CODE,
    put: 'return "123456";',
    kills: ["*/codes-are-unpredictable", "*/expired-code-is-not-sent-again"],
  },
  {
    name: "all codes begin with the same three digits",
    file: CODES,
    find: NEXT_CODE,
    put: '  return "512" + code.slice(3);',
    kills: ["*/codes-are-unpredictable"],
  },
  {
    name: "there are only two codes",
    file: CODES,
    find: NEXT_CODE,
    put: '  return code < "5" ? "147258" : "147369";',
    kills: ["*/codes-are-unpredictable"],
  },
  {
    name: "a code is the end of the number",
    file: CODES,
    find: NEXT_CODE,
    put: "return key.receiver.slice(-6);",
    kills: ["sendSms/codes-are-unpredictable", "genauthSendSms/codes-are-unpredictable"],
  },
  {
    name: "a receiver gets the same code every time",
    file: CODES,
    find: NEXT_CODE,
    put: '  return randomness.digits(policy.code_length, "code", tx.sandbox, key.receiver, key.scene);',
    kills: ["*/expired-code-is-not-sent-again"],
  },
  {
    name: "a success shows the messages that it sent",
    file: "engine/handle.ts",
    find: "const response = dialect.envelope.success(operation.run(context), context);",
    put: `const succeeded = dialect.envelope.success(operation.run(context), context);
  const shown = JSON.stringify(context.tx.additions).replace(/[^ -~]/g, "");
  const response = { ...succeeded, headers: { ...succeeded.headers, "x-debug": shown } };`,
    kills: ["*/response-hides-the-code"],
  },
  {
    name: "a message that is refused because it comes too soon deletes the code",
    file: "dialect-kit/send-checks.ts",
    find: "const tooSoon: Check<C> = {",
    put: `const tooSoon: Check<C> = {
    afterFailure(context) {
      context.tx.delete("code", \`\${keyOf(context).scene} \${keyOf(context).receiver}\`);
    },`,
    kills: ["*/too-soon-keeps-the-code"],
  },
  {
    name: "a message that the gateway refuses deletes the code",
    file: "engine/handle.ts",
    find: "const decision = faultResponse(fault, entry.id, refuse) ??",
    put: `const { type, channel, email, mobile, phoneNumber } = context.body;
  const receiver = email ?? "+86-" + String(mobile ?? phoneNumber).slice(-11);
  if (fault.check === "gateway-down") context.tx.delete("code", (type ?? channel) + " " + receiver);
  const decision = faultResponse(fault, entry.id, refuse) ??`,
    kills: ["*/gateway-down-keeps-the-code"],
  },
  {
    name: "a message has no code",
    file: "core/messages.ts",
    find: "const text = messageText(code,",
    put: 'const text = messageText("",',
    kills: ["*/message-has-the-code"],
  },
  {
    name: "a message is always in Chinese",
    file: "core/messages.ts",
    find: 'if (language === "zh") return',
    put: 'if (language !== "") return',
    kills: ["*/message-language"],
  },
  {
    name: "the token of a captcha is a number that counts up",
    file: CAPTCHA,
    find: 'return randomness.hex(32, "captcha", tx.sandbox, nextCount(tx, "captcha"));',
    put: `return randomness.hex(16, "") + nextCount(tx, "captcha");`,
    kills: ["getCaptcha/token-of-its-own"],
  },
  {
    name: "every captcha has the same position",
    file: CAPTCHA,
    find: 'const x = randomness.integer(FIRST_X, LAST_X, "captcha-x", token);\n  const expiresAt',
    put: "const x = FIRST_X;\n  const expiresAt",
    kills: ["getCaptcha/place-of-its-own"],
  },
];
