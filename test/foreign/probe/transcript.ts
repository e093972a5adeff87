/** Everything that a backend responds to one fixed series of requests. Two equal backends have equal transcripts. */
import type { Backend } from "../backend.ts";
import { probeAccounts } from "./accounts.ts";
import { type Client, clientOf, type Fields } from "./client.ts";
import { probeControl } from "./control.ts";
import { probeGenauth } from "./genauth.ts";
import { probeHttp } from "./http.ts";
import { probePasswords } from "./passwords.ts";
import { probeSending, type Steps } from "./sending.ts";

const parts: readonly ((steps: Steps) => Promise<void>)[] = [
  probeControl,
  probeHttp,
  probeSending,
  probeAccounts,
  probePasswords,
  probeGenauth,
];

/** Each part has a backend of its own. */
export async function transcriptOf(newBackend: () => Backend): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const part of parts) {
    const client = clientOf(newBackend());
    await part(stepsOf(client));
    lines.push(...client.lines);
  }
  return lines;
}

function stepsOf(client: Client): Steps {
  const { api, control } = client;
  const solved = async (sender: string) => {
    const { token } = await api("captcha");
    const { x = 0 } = await control("GET", `captcha/${token}`);
    const point_json = `{"x":${x},"y":5}`;
    return String((await api("captcha/verify", { token, point_json, sender }))["captcha_token"]);
  };
  return {
    ...client,
    solved,
    async code(to, scene) {
      const captcha_token = await solved(to);
      if (to.includes("@")) await api("email/send", { email: to, type: scene, captcha_token });
      else await api("sms/send", { mobile: to, type: scene, captcha_token });
      const { messages } = await control("GET", `messages?${new URLSearchParams({ to, scene })}`);
      return String((messages as Fields[] | undefined)?.at(-1)?.["code"]);
    },
    async account(seed) {
      const id = String((await control("POST", "accounts", seed))["id"]);
      const tokens = await control("POST", `accounts/${encodeURIComponent(id)}/tokens`, {});
      return { id, idToken: String(tokens["id_token"]), accessToken: String(tokens["access_token"]) };
    },
  };
}
