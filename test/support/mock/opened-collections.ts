/** The collections of a mock, closed when the test is over. */
import { onTestFinished } from "vitest";
import { type Collections, collections } from "../../../mocks/adapters/data/data.ts";
import type { Mock, Sandbox } from "../../../mocks/index.ts";
import { stillMock } from "./api.ts";

export async function opened(mock = stillMock(), sandbox: Sandbox = mock): Promise<Collections & { mock: Mock }> {
  const own = await collections(mock, sandbox);
  onTestFinished(() => own.close());
  return { mock, ...own };
}
