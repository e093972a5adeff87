/** A target for a remote environment with prepared accounts and a test inbox only. Copy this file and adapt it. */
import { readFileSync } from "node:fs";
import { defineTarget, NotOffered, type TargetAccount } from "ciam-testkit/target";

interface Prepared extends TargetAccount {
  readonly mobile: string;
  readonly email: string;
  /** Valid for the whole run. */
  readonly idToken: string;
  /** An expired token. Optional: without it, the cases about expired tokens are blocked. */
  readonly expiredIdToken?: string;
}

const baseUrl = process.env["CIAM_BASE_URL"] ?? "https://idp.test.example.com";
const inbox = process.env["CIAM_INBOX_URL"] ?? "https://inbox.test.example.com";

/**
 * A list of such accounts that nothing else uses. Each case takes one to three of them and may change them. The whole
 * suite takes some 1,600 accounts; `--only` takes fewer.
 */
const pool: Prepared[] = JSON.parse(readFileSync(process.env["CIAM_ACCOUNTS"] ?? "accounts.json", "utf8"));
const prepared = new Map(pool.map((account) => [account.id, account]));

export default defineTarget({
  name: "test environment",
  baseUrl,
  dialects: ["bamboocloud"],
  clientId: process.env["CIAM_CLIENT_ID"] ?? "",
  // The headers that your gateway requires. Reports mask their values.
  headers: { "x-gateway-key": process.env["CIAM_GATEWAY_KEY"] ?? "" },

  // The suite uses the number and the address that this returns, not those in its request.
  async createAccount() {
    const account = pool.shift();
    if (account === undefined) throw new Error("the pool of prepared accounts is empty: add accounts to it");
    return { id: account.id, mobile: account.mobile, email: account.email, password: null };
  },

  async issueTokens(id, { expiresIn }) {
    const account = prepared.get(id);
    const idToken = expiresIn === undefined ? account?.idToken : account?.expiredIdToken;
    if (idToken === undefined) throw new NotOffered(`account ${id} has no prepared token of this kind`);
    return { idToken };
  },

  // Only for an environment that reveals the captcha position to tests. If yours skips captchas, implement
  // `captchaToken` instead.
  solveCaptcha: (token) => asked("GET", `captcha/${encodeURIComponent(token)}`),

  // Your inbox waits up to a few seconds for a message, and returns [{ id, code }], oldest first.
  async readCode({ to, scene, after, wait = 5 }) {
    const query = new URLSearchParams({ to, scene, wait: String(wait), ...(after === undefined ? {} : { after }) });
    return (await asked<{ id: string; code: string }[]>("GET", `messages?${query}`)).at(-1);
  },

  // Numbers and addresses that no account has and whose messages reach your inbox.
  async freshReceiver(channel) {
    return (await asked<{ address: string }>("POST", `addresses?channel=${channel}`)).address;
  },
});

async function asked<T>(method: string, path: string): Promise<T> {
  const response = await fetch(`${inbox}/${path}`, { method });
  if (!response.ok) throw new Error(`the inbox returned ${response.status}`);
  return response.json();
}
