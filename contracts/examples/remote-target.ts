/** A target for a remote environment: accounts made before, a test inbox, and nothing else. Copy it and change it. */
import { readFileSync } from "node:fs";
import { defineTarget, NotOffered, type TargetAccount } from "ciam-testkit/contract";

interface Prepared extends TargetAccount {
  readonly mobile: string;
  readonly email: string;
  /** Good for the whole run. */
  readonly idToken: string;
  /** One that was good once; may be left out, and with it the cases about it. */
  readonly expiredIdToken?: string;
}

const baseUrl = process.env["CIAM_BASE_URL"] ?? "https://idp.test.example.com";
const inbox = process.env["CIAM_INBOX_URL"] ?? "https://inbox.test.example.com";

/**
 * A list of such accounts that nobody else uses. Each case takes one to three of them for good, because it may change them; the
 * whole suite takes some 550, `--only` fewer.
 */
const pool: Prepared[] = JSON.parse(readFileSync(process.env["CIAM_ACCOUNTS"] ?? "accounts.json", "utf8"));
const prepared = new Map(pool.map((account) => [account.id, account]));

export default defineTarget({
  name: "test environment",
  baseUrl,
  dialects: ["bamboocloud"],
  clientId: process.env["CIAM_CLIENT_ID"] ?? "",
  // Whatever a gateway wants; masked in reports.
  headers: { "x-gateway-key": process.env["CIAM_GATEWAY_KEY"] ?? "" },

  // What is answered counts: the suite goes by the number and the address of this account, not by those it asked for.
  async createAccount() {
    const account = pool.shift();
    if (account === undefined) throw new Error("the pool of prepared accounts is empty");
    return { id: account.id, mobile: account.mobile, email: account.email, password: null };
  },

  async issueTokens(id, { expiresIn }) {
    const account = prepared.get(id);
    const idToken = expiresIn === undefined ? account?.idToken : account?.expiredIdToken;
    if (idToken === undefined) throw new NotOffered(`no such token is prepared for account ${id}`);
    return { idToken };
  },

  // Where the environment tells tests what a captcha hides. One that lets them pass without any has `captchaToken` instead.
  solveCaptcha: (token) => asked("GET", `captcha/${encodeURIComponent(token)}`),

  // The inbox waits until a message is there, a few seconds at most, and answers [{ id, code }], oldest first.
  async readCode({ to, scene, after, wait = 5 }) {
    const query = new URLSearchParams({ to, scene, wait: String(wait), ...(after === undefined ? {} : { after }) });
    return (await asked<{ id: string; code: string }[]>("GET", `messages?${query}`)).at(-1);
  },

  // Numbers and addresses that nobody has and that the inbox receives.
  async freshReceiver(channel) {
    return (await asked<{ address: string }>("POST", `addresses?channel=${channel}`)).address;
  },
});

async function asked<T>(method: string, path: string): Promise<T> {
  const response = await fetch(`${inbox}/${path}`, { method });
  if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
  return response.json();
}
