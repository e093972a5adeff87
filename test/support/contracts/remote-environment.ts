/**
 * A test environment as in contracts/examples/remote-target.mts: the mock behind a gateway without the control protocol, with
 * prepared accounts and an inbox.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isControlPath, jsonResponse, type PlainRequest, type PlainResponse } from "../../../mocks/http/message.ts";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { served } from "../mock/served.ts";
import { scratchFolder } from "../package/scratch.ts";

export interface RemoteEnvironment {
  /** The fields that the module reads. */
  readonly env: Readonly<Record<string, string>>;
  /** The number of requests that the gateway passed on and refused. */
  letThrough(): number;
  turnedAway(): number;
}

const GATEWAY_KEY = "a-key-for-the-gateway";

/** Closed when the test is over. */
export async function remoteEnvironment({ accounts }: { readonly accounts: number }): Promise<RemoteEnvironment> {
  const mock = createMock();
  const prepared = await Promise.all(Array.from({ length: accounts }, (_, index) => preparedAccount(mock, index)));
  const file = join(await scratchFolder(), "accounts.json");
  await writeFile(file, JSON.stringify(prepared));
  let [letThrough, turnedAway] = [0, 0];
  const gateway = await served({
    ...mock,
    async answer(request) {
      const isAllowed = request.headers["x-gateway-key"] === GATEWAY_KEY && !isControlPath(request.path);
      if (isAllowed) letThrough++;
      else turnedAway++;
      return isAllowed ? mock.answer(request) : jsonResponse(403, {});
    },
  });
  const inbox = await served({ ...mock, answer: (request) => inboxResponse(mock, request) });
  return {
    env: {
      CIAM_BASE_URL: gateway.url,
      CIAM_INBOX_URL: inbox.url,
      CIAM_CLIENT_ID: mock.clientId,
      CIAM_GATEWAY_KEY: GATEWAY_KEY,
      CIAM_ACCOUNTS: file,
    },
    letThrough: () => letThrough,
    turnedAway: () => turnedAway,
  };
}

async function preparedAccount(mock: Mock, index: number) {
  const [mobile, email] = [`135${String(index).padStart(8, "0")}`, `prepared.${index}@example.com`];
  const { id } = await mock.accounts.create({ mobile, email, password: `Prepared-${index}` });
  const { idToken } = await mock.accounts.issueTokens(id);
  const { idToken: expiredIdToken } = await mock.accounts.issueTokens(id, { expiresIn: 0 });
  return { id, mobile, email, idToken, expiredIdToken };
}

/** Unknown receivers, the solution of a captcha, and the messages of a receiver, oldest first: `[{ id, code }]`. */
async function inboxResponse(mock: Mock, request: PlainRequest): Promise<PlainResponse> {
  const { method, path, query } = request;
  if (method === "POST" && path === "/addresses") return jsonResponse(201, { address: freshAddress(query) });
  const answer = await mock.answer({ ...request, path: `/__testkit${path}` });
  if (path.startsWith("/captcha/")) return answer;
  if (path !== "/messages") return jsonResponse(404, {});
  const { messages }: { messages: { id: string; code: string }[] } = JSON.parse(answer.body);
  return jsonResponse(
    200,
    messages.map(({ id, code }) => ({ id, code })),
  );
}

let addresses = 0;

/** Like real numbers, they differ in more than their last digits. */
function freshAddress(query: string): string {
  addresses++;
  if (query !== "channel=sms") return `fresh.${addresses}@example.com`;
  return `137${String((addresses * 18_765_431) % 100_000_000).padStart(8, "0")}`;
}
