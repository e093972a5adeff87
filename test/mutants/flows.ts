/** Bugs that show only in several steps, as in the flows. */
import type { Mutant } from "./mutant.ts";

export const flowMutants: readonly Mutant[] = [
  {
    name: "a message shows the code without its last digit",
    file: "core/messages.ts",
    find: "channel, to, scene, code, language, text,",
    put: "channel, to, scene, code: code.slice(0, -1), language, text,",
    kills: ["*/flow-*"],
  },
  {
    name: "a pass token is stored for an empty sender",
    file: "dialects/bamboocloud/verify-captcha.ts",
    find: "sender: canonicalReceiver(String(body.sender))",
    put: 'sender: ""',
    kills: ["*/flow-*"],
  },
  {
    name: "an e-mail code is stored under the scene of an SMS",
    file: "core/messages.ts",
    find: "issueCode(tx, key, { code,",
    put: 'issueCode(tx, { ...key, scene: key.scene.replace(/EMS$/, "SMS") }, { code,',
    kills: ["updateEmail/flow-new-address"],
  },
  {
    name: "the resend interval is twice as long as stated",
    file: "core/codes.ts",
    find: "policy.code_resend_seconds * SECOND_MS",
    put: "2 * policy.code_resend_seconds * SECOND_MS",
    kills: ["*/send-again-after-the-interval"],
  },
  {
    name: "after a change of number the old number still logs in",
    file: "core/accounts.ts",
    find: "if (old === value) continue;",
    put: "if (old !== undefined) continue;",
    kills: ["loginByMobileCode/flow-new-number", "loginByMobileCode/after-a-change-of-number"],
  },
  {
    name: "an older password still matches",
    file: "control/accounts.ts",
    find: ".passwords[0] === password",
    put: ".passwords.includes(password)",
    kills: ["resetPasswordByMobile/flow-forgotten-password"],
  },
];
