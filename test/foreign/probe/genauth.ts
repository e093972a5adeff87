/** GenAuth from the message to the profile. */
import type { Steps } from "./sending.ts";

const OLD = "13400000001";

export async function probeGenauth(steps: Steps): Promise<void> {
  const { genauth, account, control } = steps;
  const { accessToken, id } = await account({ mobile: OLD });
  const signedIn = { authorization: accessToken };
  await genauth("send-sms", { channel: "CHANNEL_LOGIN", phoneNumber: OLD }, { "x-authing-app-id": "" });
  await genauth("get-profile", undefined, { ...signedIn, "x-authing-app-id": "" });
  for (const channel of ["CHANNEL_BIND_PHONE", "CHANNEL_BIND_PHONE", "CHANNEL_OTHER"])
    await genauth("send-sms", { channel, phoneNumber: "13400000009" });
  await genauth("send-sms", { channel: "CHANNEL_LOGIN", phoneNumber: "13400000007", phoneCountryCode: 86 });
  for (const phoneNumber of ["+86-13400000008", "12"])
    await genauth("send-sms", { channel: "CHANNEL_LOGIN", phoneNumber });
  for (const authorization of [accessToken, `Bearer ${accessToken}`, "none"])
    await genauth("get-profile", undefined, { authorization });
  await probeVerification(steps, signedIn);
  await control("DELETE", `accounts/${encodeURIComponent(id)}`);
  await genauth("get-profile", undefined, signedIn);
}

async function probeVerification(
  { genauth, control, account }: Steps,
  signedIn: { authorization: string },
): Promise<void> {
  const planted = async (to: string, scene: string, code: string) =>
    String((await control("POST", "codes", { to, scene, code }))["code"] ?? code);
  const verify = (payload: object) =>
    genauth("verify-update-phone-request", { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload: payload }, signedIn);
  const proof = async (to: string, newChannel: string, oldChannel: string) => ({
    newPhoneNumber: to,
    newPhonePassCode: await planted(to, newChannel, "112233"),
    oldPhoneNumber: OLD,
    oldPhonePassCode: await planted(OLD, oldChannel, "445566"),
  });
  await account({ mobile: "13400000002" });
  const channels = [
    "CHANNEL_BIND_PHONE",
    "CHANNEL_UNBIND_PHONE",
    "CHANNEL_COMPLETE_PHONE",
    "CHANNEL_IDENTITY_VERIFICATION",
  ];
  for (const channel of channels) await verify(await proof("13400000003", channel, channel));
  const full = await proof("13400000004", "CHANNEL_BIND_PHONE", "CHANNEL_UNBIND_PHONE");
  for (const change of [
    { newPhoneNumber: OLD },
    { newPhoneNumber: "13400000002" },
    { oldPhoneNumber: "13400000002" },
    { newPhoneNumber: "12" },
  ])
    await verify({ ...full, ...change });
  for (const change of [{ newPhonePassCode: "x" }, { oldPhonePassCode: "x" }]) await verify({ ...full, ...change });
  await verify({ newPhoneNumber: full.newPhoneNumber, newPhonePassCode: full.newPhonePassCode });
  const verified = await verify(full);
  const data = Object(verified["data"]) as { readonly updatePhoneToken?: string };
  for (const updatePhoneToken of ["", "none", data.updatePhoneToken, data.updatePhoneToken])
    await genauth("update-phone", { updatePhoneToken }, signedIn);
  await genauth("get-profile", undefined, signedIn);
}
