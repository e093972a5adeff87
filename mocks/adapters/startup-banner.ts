/** The first lines of a mock that has just started: the client id, and the demo account with an id_token. */
import { oneLine } from "../lib/visible-text.ts";
import type { Mock } from "../mock.ts";
import { DEMO_ACCOUNT } from "./demo.ts";

/** Indented lines, each with a line break. Issues tokens for the demo account if it still exists. */
export async function startupBanner(mock: Mock): Promise<string> {
  return `${clientIdLine(mock)}${await demoAccountLines(mock)}`;
}

export function clientIdLine(mock: Mock): string {
  return `  client id     ${oneLine(mock.clientId)}\n`;
}

/** The current fields of the demo account: in a restored state it may have changed or be deleted. */
export async function demoAccountLines(mock: Mock): Promise<string> {
  const account = await mock.accounts.read(DEMO_ACCOUNT.id).catch(() => undefined);
  if (account === undefined) return "";
  const { idToken, expiresIn } = await mock.accounts.issueTokens(account.id);
  const unchanged = await mock.accounts.hasPassword(account.id, DEMO_ACCOUNT.password);
  const parts = [
    account.mobile && `mobile ${account.mobile}`,
    account.email && `e-mail ${account.email}`,
    account.username && `user name ${account.username}`,
    unchanged && `password ${DEMO_ACCOUNT.password}`,
  ];
  return `  demo account  ${oneLine(parts.filter(Boolean).join(", "))}
  id_token      ${idToken}
                (good for ${expiresIn / 3_600} h)
`;
}
