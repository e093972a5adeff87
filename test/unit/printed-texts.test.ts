/** Everything that is printed, with a hostile text in each place that input can reach. */
import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { annotations } from "../../contracts/reports/annotations.ts";
import { reportFormats } from "../../contracts/reports/formats.ts";
import { matrixText } from "../../contracts/reports/terminal/matrix.ts";
import { DEMO_ACCOUNT } from "../../mocks/adapters/demo.ts";
import { formatMessage } from "../../mocks/adapters/format.ts";
import { startupBanner } from "../../mocks/adapters/startup-banner.ts";
import type { MessageEvent } from "../../mocks/mock.ts";
import { hostileReport } from "../support/contracts/sample-report.ts";
import { stillMock } from "../support/mock/api.ts";
import { expectPrintable, expectVisible, hostileOutputs } from "../support/shared/hostile-output.ts";

/** What the command prints on standard output and standard error together. */
async function printedBy(...args: string[]): Promise<string> {
  let printed = "";
  const output = { write: (text: string) => (printed += text) };
  const exitCode = await run(args, { out: output, err: output, env: {}, stopped: Promise.resolve() });
  expect(exitCode).toBeGreaterThan(0);
  return printed;
}

test.each(hostileOutputs)("the line of a sent message is one harmless line: %s in each field", (_what, text) => {
  const message = { channel: "sms", to: text, scene: text, code: text, sentAt: 0, expiresAt: 300_000 };
  const event = { type: "message", clientId: text, message } as unknown as MessageEvent;
  const line = formatMessage(event, "default");
  expectPrintable(line);
  expect(line).not.toContain("\n");
});

test.each(hostileOutputs)(
  "the first lines of a mock are harmless: %s as the user name of the demo account",
  async (_what, text) => {
    const mock = stillMock({ accounts: [DEMO_ACCOUNT] });
    await mock.accounts.update(DEMO_ACCOUNT.id, { username: text.replace("\ud800", "\u009c") });
    const banner = await startupBanner(mock);
    expectPrintable(banner);
    expect(banner).toContain("user name ");
    expect(banner.split("\n")).toHaveLength(5);
  },
);

test.each(hostileOutputs)(
  "a refused command line is reported in harmless text: %s in an argument",
  async (_what, text) => {
    for (const args of [
      [text],
      ["serve", text],
      ["serve", `--${text}`],
      ["serve", "--port", text],
      ["serve", "--port", "0", "--host", `${text}.invalid`],
      ["serve", "--port", "0", "--state", `/nowhere/${text}/state.json`],
      ["verify", text],
      ["verify", "--only", text, "http://127.0.0.1:1"],
      ["verify", "--known-failing", `/nowhere/${text}`, "http://127.0.0.1:1"],
      ["verify", "--target", `/nowhere/${text}.mjs`],
    ]) {
      const printed = await printedBy(...args);
      expect(printed).toMatch(/^ciam-testkit: /);
      expectPrintable(printed);
    }
  },
);

test.each(hostileOutputs)("a report on the terminal is harmless: %s in each field", (_what, text) => {
  expectPrintable(matrixText(hostileReport([text])));
});

test.each(hostileOutputs)("each annotation is one harmless command: %s in each field", (_what, text) => {
  for (const line of annotations(hostileReport([text])).split("\n")) {
    expectPrintable(line.replace(/^::(?:error|notice) title=[^:]*::/, ""));
  }
});

test.each(hostileOutputs)("no report file has an invisible character: %s in each field", (_what, text) => {
  for (const format of Object.values(reportFormats)) expectVisible(format(hostileReport([text])));
});
