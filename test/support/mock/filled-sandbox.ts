/** A sandbox with records of every kind, and requests whose responses depend on all of them. */
import type { Mock, Sandbox } from "../../../mocks/index.ts";
import { genauth, tokenFor } from "../genauth/genauth.ts";
import { accepted, api, MOBILE, type Reply } from "./api.ts";

export const OLD_MOBILE = "13800000001";
const BOB_MOBILE = "13800000002";
const ALICE_EMAIL = "alice@example.com";
const NEW_EMAIL = "new@example.com";
const PASSWORD = "Correct-Horse-1";
const SCENE = "UPDATE_MOBILE_SMS";

/** Values of the set-up that the requests need. */
export interface FilledSandbox {
  readonly alice: string;
  readonly signedIn: { readonly authorization: string };
  readonly expired: { readonly authorization: string };
  readonly gone: { readonly authorization: string };
  readonly usedCode: string;
  readonly captcha: { readonly token: string; readonly x: number };
  readonly solvedCaptcha: string;
  readonly pass: string;
  readonly usedPass: string;
  readonly dave: { readonly authorization: string };
  readonly changeToken: string;
  readonly usedChangeToken: string;
}

/** Fills the sandbox; its clock is frozen at the end. */
export async function fillSandbox(mock: Mock, sandbox: Sandbox = mock): Promise<FilledSandbox> {
  const { accounts, captcha, clock, codes, faults, messages, policy } = sandbox;
  const send = api(mock, sandbox);
  await policy.patch({
    ...{ code_length: 8, password_history: 2, update_phone_token_ttl_seconds: 600, identifier_hold_seconds: 600 },
    bamboocloud: { default_language: "zh" },
    genauth: { genauth_http_status: "mirror" },
  });
  const seed = { mobile: OLD_MOBILE, email: ALICE_EMAIL, username: "alice", name: "Alice", password: PASSWORD };
  const { id: alice } = await accounts.create(seed);
  await accounts.create({ mobile: BOB_MOBILE, name: "张三" });
  const { id: carol } = await accounts.create({ email: "carol@example.com" });
  const bearer = async (id: string, expiresIn?: number) => {
    const { idToken } = await accounts.issueTokens(id, expiresIn === undefined ? {} : { expiresIn });
    return { authorization: `Bearer ${idToken}` };
  };
  const signedIn = await bearer(alice);
  const gone = await bearer(carol);
  await accounts.delete(carol);

  const usedPass = await captcha.issueToken({ sender: MOBILE });
  await accepted(send("sms/send", { mobile: MOBILE, type: SCENE, captcha_token: usedPass }));
  const [message] = await messages.list();
  const usedCode = message?.code ?? "";
  await accepted(send("profile/update-mobile", { mobile: MOBILE, verify_code: usedCode }, signedIn));

  await codes.plant({ to: NEW_EMAIL, scene: "UPDATE_EMAIL_EMS", code: "good" });
  await codes.plant({ to: BOB_MOBILE, scene: "LOGIN_SMS", code: "late", expiresIn: 0 });
  await codes.plant({ to: MOBILE, scene: "FORGET_PWD_SMS", code: "older" });
  await codes.plant({ to: MOBILE, scene: "FORGET_PWD_SMS", code: "newer" });
  const forgotten = { mobile: MOBILE, password: "Brand-New-Horse-2" };
  for (let tries = 0; tries < 4; tries++) await send("pwd/update-by-mobile", { ...forgotten, verify_code: "wrong" });

  const answered = (await send("captcha")).body as { token: string };
  await send("captcha/verify", { token: answered.token, point_json: "{}", sender: MOBILE });
  const open = (await send("captcha")).body as { token: string };
  const { x } = await captcha.solve(open.token);
  const pass = await captcha.issueToken({ sender: MOBILE });

  const { id: dave } = await accounts.create({ mobile: "13800000004" });
  const { accessToken: authorization } = await accounts.issueTokens(dave);
  const changeTokenFor = async (phone: string) => tokenFor(sandbox, mock, await accounts.read(dave), phone);
  const usedChangeToken = await changeTokenFor("13800000005");
  await genauth(mock, sandbox)("update-phone", { updatePhoneToken: usedChangeToken }, { authorization });
  const changeToken = await changeTokenFor("13800000006");

  await faults.add({ operation: "sendEmail", check: "gateway-down", times: 2 });
  await faults.add({ operation: "sendEmail", status: 418, body: { aName: 1, a_name: [null] }, delayMs: 5 });
  await faults.add({ operation: "sendEmail", transport: "truncate", delayMs: { min: 1, max: 9 } });
  await clock.advance({ seconds: 20 });
  await clock.freeze();
  return {
    ...{ alice, signedIn, gone, expired: await bearer(alice, 0), usedCode, usedPass, pass },
    ...{ captcha: { token: open.token, x }, solvedCaptcha: answered.token },
    ...{ dave: { authorization }, changeToken, usedChangeToken },
  };
}

/** Sends the requests, in an order in which early ones change later responses; values drawn from the seed are separate. */
export async function responsesOf(mock: Mock, filled: FilledSandbox, sandbox: Sandbox = mock) {
  const { accounts, clock, messages, policy, requests } = sandbox;
  const send = api(mock, sandbox);
  const replies: Reply[] = [];
  const ask = async (...question: Parameters<typeof send>) => void replies.push(await send(...question));
  const { signedIn, captcha } = filled;

  await ask("profile/update-mobile", { mobile: MOBILE, verify_code: filled.usedCode }, signedIn);
  await ask("profile/update-email", { email: NEW_EMAIL, verify_code: "good" }, filled.expired);
  await ask("profile/update-email", { email: NEW_EMAIL, verify_code: "good" }, filled.gone);
  await ask("profile/update-email", { email: NEW_EMAIL, verify_code: "good" }, signedIn);
  await ask("login/mobile-verify-code", { mobile: BOB_MOBILE, verify_code: "late" });
  const forgotten = { mobile: MOBILE, password: "Brand-New-Horse-2" };
  for (const verify_code of ["older", "wrong", "newer"])
    await ask("pwd/update-by-mobile", { ...forgotten, verify_code });

  await ask("captcha/verify", { token: filled.solvedCaptcha, point_json: '{"x":1,"y":5}', sender: MOBILE });
  const solved = { token: captcha.token, point_json: JSON.stringify({ x: captcha.x, y: 5 }), sender: MOBILE };
  for (const body of [solved, solved]) await ask("captcha/verify", body);
  const sending = { mobile: MOBILE, type: SCENE };
  await ask("sms/send", { ...sending, captcha_token: filled.usedPass });
  await ask("sms/send", { ...sending, captcha_token: filled.pass });
  for (let count = 0; count < 3; count++) await ask("email/send", {});
  await clock.advance({ minutes: 1 });
  await ask("sms/send", { ...sending, captcha_token: filled.pass });
  for (const updatePhoneToken of [filled.usedChangeToken, filled.changeToken, filled.changeToken]) {
    const { status, body } = await genauth(mock, sandbox)("update-phone", { updatePhoneToken }, filled.dave);
    // The mock counts its responses across sandboxes.
    replies.push({ status, body: { ...(body as object), requestId: "" } });
  }

  const created = await accounts.create({ mobile: OLD_MOBILE });
  const taken = await accounts.create({ mobile: MOBILE }).catch(String);
  const inbox = await messages.list();
  return {
    replies,
    decisions: (await requests.list()).slice(-replies.length).map(({ decidedBy, why }) => `${decidedBy}: ${why}`),
    taken,
    inbox: inbox.map(({ code: _drawn, text: _withCode, ...message }) => message),
    alice: await accounts.read(filled.alice),
    knowsPassword: await accounts.hasPassword(filled.alice, PASSWORD),
    clock: await clock.read(),
    policy: await policy.read(),
    drawn: {
      codes: inbox.map(({ code }) => code),
      account: created.id,
      token: (await accounts.issueTokens(filled.alice)).idToken,
      captcha: ((await send("captcha")).body as { token: string }).token,
      pass: await sandbox.captcha.issueToken({ sender: MOBILE }),
    },
  };
}
