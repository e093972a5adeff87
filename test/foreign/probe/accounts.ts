/** Logins, changes of number and address, and passwords. */
import type { Steps } from "./sending.ts";

const LOGIN = "login/mobile-verify-code";
const UPDATE = "profile/update-mobile";
const EMAIL = "profile/update-email";

export async function probeAccounts(steps: Steps): Promise<void> {
  await probeLogin(steps);
  await probeTokens(steps);
  await probeChanges(steps);
  await probeCodes(steps);
}

async function probeLogin({ api, code, account, control }: Steps): Promise<void> {
  await account({ mobile: "13600000001" });
  for (const mobile of ["13600000001", "13600000009"]) {
    const verify_code = await code(mobile, "LOGIN_SMS");
    await api(LOGIN, { mobile, verify_code: "0" });
    await api(LOGIN, { mobile, verify_code });
    await api(LOGIN, { mobile, verify_code });
  }
  for (const mobile of ["12", "", "13600000008"]) await api(LOGIN, { mobile, verify_code: "1" });
  await control("GET", "messages?to=13600000009");
}

async function probeTokens({ api, account, control }: Steps): Promise<void> {
  const { id, idToken } = await account({ mobile: "13600000002" });
  const body = { mobile: "13600000003", verify_code: "1" };
  const headers = ["", `Bearer ${idToken}`, `bearer ${idToken}`, idToken, `Token ${idToken}`, "Bearer none", "Bearer "];
  for (const authorization of headers) {
    await api(UPDATE, body, { authorization });
    await api("pwd/update-by-mobile", { verify_code: "1", password: "Aa1!aaaBbb" }, { authorization });
  }
  await control("POST", `accounts/${encodeURIComponent(id)}/tokens`, {});
  await api(UPDATE, body, { authorization: `Bearer ${idToken}` });
  await control("POST", "clock", { advance_seconds: 7200 });
  await api(UPDATE, body, { authorization: `Bearer ${idToken}` });
  const gone = await account({ mobile: "13600000004" });
  await control("DELETE", `accounts/${encodeURIComponent(gone.id)}`);
  await api(UPDATE, body, { authorization: `Bearer ${gone.idToken}` });
  await control("DELETE", `accounts/${encodeURIComponent(id)}`);
}

async function probeChanges({ api, code, account, control }: Steps): Promise<void> {
  const one = await account({ mobile: "13600000011", email: "one@example.com" });
  const two = await account({ mobile: "13600000012", email: "two@example.com" });
  const change = async (who: typeof one, mobile: string) =>
    api(
      UPDATE,
      { mobile, verify_code: await code(mobile, "UPDATE_MOBILE_SMS") },
      { authorization: `Bearer ${who.idToken}` },
    );
  const readdress = async (who: typeof one, email: string) =>
    api(
      EMAIL,
      { email, verify_code: await code(email, "UPDATE_EMAIL_EMS") },
      { authorization: `Bearer ${who.idToken}` },
    );
  for (const mobile of ["13600000011", "13600000012", "13600000013"]) await change(one, mobile);
  await change(two, "13600000011");
  for (const email of ["one@example.com", "TWO@example.com", "four+x@example.com", "Three@Example.com"])
    await readdress(one, email);
  await control("GET", `accounts/${encodeURIComponent(one.id)}`);
  for (const body of [{ mobile: "", verify_code: "1" }, { mobile: "13600000014", verify_code: "1" }, {}])
    await api(UPDATE, body, { authorization: `Bearer ${one.idToken}` });
  await api(EMAIL, { email: "", verify_code: "1" }, { authorization: `Bearer ${one.idToken}` });
  // Several mistakes at once show the order of the checks.
  await api(UPDATE, { mobile: "13600000012", verify_code: "1" }, { authorization: "Bearer none", "x-agent": "" });
  await api(UPDATE, { mobile: "12" }, { authorization: "Bearer none", "x-agent": "" });
  await api(UPDATE, { verify_code: "1" }, { "x-agent": "" });
  await api(UPDATE, { mobile: "13600000012" }, { authorization: `Bearer ${one.idToken}`, "x-agent": "" });
  await api(UPDATE, { mobile: "13600000012", verify_code: "1" }, { authorization: `Bearer ${one.idToken}` });
}

async function probeCodes({ api, code, account, control }: Steps): Promise<void> {
  const { idToken } = await account({ mobile: "13600000021" });
  const headers = { authorization: `Bearer ${idToken}` };
  const change = (mobile: string, verify_code: string, more: object = {}) =>
    api(UPDATE, { mobile, verify_code }, { ...headers, ...more });
  // A right code in a request that is refused for another reason.
  const shown = await code("13600000022", "UPDATE_MOBILE_SMS");
  await account({ mobile: "13600000022" });
  await change("13600000022", shown);
  await change("13600000022", shown, { authorization: "Bearer none" });
  const simple = await code("+86-13600000021", "UPDATE_PWD_SMS");
  for (const password of ["Ab1!13600000021", "Good#Pass1"])
    await api("pwd/update-by-mobile", { verify_code: simple, password }, headers);
  const older = await code("13600000023", "UPDATE_MOBILE_SMS");
  await control("POST", "clock", { advance_seconds: 46 });
  const newer = await code("13600000023", "UPDATE_MOBILE_SMS");
  await change("13600000023", `${older}0`);
  for (const verify_code of [older, newer, older]) await change("13600000023", verify_code);
  const first = await code("13600000024", "UPDATE_MOBILE_SMS");
  for (let tries = 0; tries < 3; tries++) await change("13600000024", "x");
  await control("POST", "clock", { advance_seconds: 61 });
  const second = await code("13600000024", "UPDATE_MOBILE_SMS");
  for (let tries = 0; tries < 2; tries++) await change("13600000024", "x");
  for (const verify_code of [first, second]) await change("13600000024", verify_code);
  const locked = await code("13600000026", "UPDATE_MOBILE_SMS");
  for (let tries = 0; tries < 4; tries++) await change("13600000026", "x");
  await change("13600000026", locked);
  await code("13600000025", "UPDATE_MOBILE_SMS");
  await control("POST", "clock", { advance_seconds: 700 });
  await change("13600000025", "x");
}
