/** A target for a remote environment: accounts that were made before, a test inbox, and nothing else. Copy it and change it. */
import { defineTarget, type TargetAccount } from "ciam-testkit/contract";

interface Prepared extends TargetAccount {
  readonly mobile: string;
  readonly email: string;
  readonly idToken: string;
}

const baseUrl = process.env["CIAM_BASE_URL"] ?? "https://idp.test.example.com";
const inbox = process.env["CIAM_INBOX_URL"] ?? "https://inbox.test.example.com";

/** Accounts that nobody else uses, each with a token that lives for the whole run. Two or three per case under way. */
const pool: Prepared[] = JSON.parse(process.env["CIAM_ACCOUNTS"] ?? "[]");

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
    return account;
  },

  async issueTokens(id) {
    const idToken = tokens.get(id);
    if (idToken === undefined) throw new Error(`no token is known for account ${id}`);
    return { idToken };
  },

  // Where the environment lets test clients pass without a captcha.
  async captchaToken({ sender }) {
    return `test-pass---${sender}`;
  },

  // The inbox waits until a message is there, a few seconds at most, and answers [{ id, code }], oldest first.
  async readCode({ to, scene, after, wait = 5 }) {
    const query = new URLSearchParams({ to, scene, wait: String(wait), ...(after === undefined ? {} : { after }) });
    const response = await fetch(`${inbox}/messages?${query}`);
    if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
    return ((await response.json()) as { id: string; code: string }[]).at(-1);
  },

  // Numbers and addresses that nobody has and that the inbox receives.
  async freshReceiver(channel) {
    const response = await fetch(`${inbox}/addresses?channel=${channel}`, { method: "POST" });
    return ((await response.json()) as { address: string }).address;
  },
});

const tokens = new Map(pool.map(({ id, idToken }) => [id, idToken]));
