/** The words of the page in English and in Chinese. The page has both; a style rule shows one. */
import type { Category, Likeness, Outcome, Strength } from "../report.ts";
import { type Difference, differenceText, named } from "../shared/difference.ts";
import { type Markup, markup } from "../shared/markup.ts";
import type { Verdict } from "../shared/verdict.ts";
import { capabilitiesText, casesText, likenessText } from "../shared/words.ts";

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export function both({ en, zh }: Words): Markup {
  return markup`<span class="en" lang="en">${en}</span><span class="zh" lang="zh-CN">${zh}</span>`;
}

/** With the colon of the language. */
export function before({ en, zh }: Words): Words {
  return { en: `${en}: `, zh: `${zh}：` };
}

/** Every symbol stands beside its word, so that its meaning does not depend on the symbol. */
export const outcomeSigns: Readonly<Record<Outcome, Words & { readonly symbol: string }>> = {
  passed: { symbol: "✓", en: "passed", zh: "通过" },
  failed: { symbol: "✗", en: "failed", zh: "失败" },
  blocked: { symbol: "⊘", en: "blocked", zh: "阻塞" },
  "not-applicable": { symbol: "–", en: "not applicable", zh: "不适用" },
  known: { symbol: "◆", en: "known", zh: "已知失败" },
  stale: { symbol: "~", en: "stale", zh: "应移出清单" },
  finding: { symbol: "?", en: "finding", zh: "待确认" },
  error: { symbol: "!", en: "error", zh: "出错" },
};

export const outcomeMeanings: Readonly<Record<Outcome, Words>> = {
  passed: { en: "Every assertion passed.", zh: "所有断言均通过。" },
  failed: { en: "The target contradicted the contract.", zh: "被测系统不符合契约。" },
  blocked: { en: "The target lacks a capability that the case requires.", zh: "被测系统缺少该用例所需的能力。" },
  "not-applicable": {
    en: "The target does not claim the operation or the feature.",
    zh: "被测系统未声明支持该操作或功能。",
  },
  known: { en: "Failed, and is listed as a known failure.", zh: "失败，但已在已知失败清单中。" },
  stale: {
    en: "Listed as a known failure, but the entry must be removed.",
    zh: "已在已知失败清单中，但该条目应移除。",
  },
  finding: { en: "Worth checking; the contract does not define it.", zh: "建议检查；契约未规定。" },
  error: {
    en: "No conclusion: no usable response, or an error in the suite.",
    zh: "无法得出结论：没有可用的响应，或测试套件出错。",
  },
};

export const verdicts: Readonly<Record<Verdict, Words>> = {
  conforms: { en: "No violation in the executed cases", zh: "已执行的用例均符合契约" },
  violates: { en: "Does not conform", zh: "不符合契约" },
  inconclusive: { en: "Inconclusive", zh: "无法得出结论" },
};

export const categoryNames: Readonly<Record<Category, Words>> = {
  success: { en: "further success", zh: "其他成功用例" },
  error: { en: "further errors", zh: "其他错误用例" },
  boundary: { en: "boundary", zh: "边界" },
  language: { en: "language", zh: "语言" },
  state: { en: "state", zh: "状态" },
  time: { en: "time", zh: "时间" },
  concurrency: { en: "concurrency", zh: "并发" },
  order: { en: "order", zh: "检查顺序" },
  security: { en: "security", zh: "安全" },
  flow: { en: "flow", zh: "流程" },
  form: { en: "form of responses", zh: "响应格式" },
};

export const strengthNames: Readonly<Record<Strength, Words>> = {
  universal: { en: "universal", zh: "通用规则" },
  documented: { en: "documented", zh: "文档规定" },
  inferred: { en: "inferred", zh: "推断" },
};

export const likenessWords: Readonly<Record<Likeness, Words>> = {
  same: { en: likenessText.same, zh: "" },
  characters: { en: likenessText.characters, zh: "各处有误的字符相同。" },
  language: { en: likenessText.language, zh: "各条文案的语言不对。" },
  response: { en: likenessText.response, zh: "这些请求得到相同的响应。" },
  refused: { en: likenessText.refused, zh: "合法请求被这样拒绝，因此其他请求也得到相同的响应。" },
};

export const words = {
  report: { en: "Contract report", zh: "契约测试报告" },
  language: { en: "Language", zh: "语言" },
  target: { en: "Target", zh: "被测系统" },
  address: { en: "Address", zh: "地址" },
  dialects: { en: "Dialects", zh: "方言" },
  capabilities: { en: "Capabilities", zh: "能力" },
  driven: { en: "Driven", zh: "执行比例" },
  seed: { en: "Seed", zh: "随机种子" },
  specification: { en: "Tested against openapi.yaml", zh: "对照的 openapi.yaml" },
  tool: { en: "Tested by", zh: "测试工具" },
  outcomes: { en: "Outcomes", zh: "结果" },
  pickOutcomes: {
    en: "Clear a checkbox to hide that outcome on this page.",
    zh: "取消勾选即可隐藏该结果。",
  },
  outcome: { en: "Outcome", zh: "结果" },
  cases: { en: "Cases", zh: "用例数" },
  meaning: { en: "Meaning", zh: "含义" },
  total: { en: "total", zh: "合计" },
  matrix: { en: "Operations and errors", zh: "操作与错误码" },
  checks: { en: "Checks", zh: "检查项" },
  success: { en: "success", zh: "成功" },
  withoutCode: { en: "without a code", zh: "无错误码" },
  hints: { en: "Hints", zh: "提示" },
  failures: { en: "Failures", zh: "失败" },
  errors: { en: "No result", zh: "无结果" },
  blocked: { en: "Blocked, by missing capability", zh: "阻塞的用例（按缺少的能力）" },
  findings: { en: "Findings", zh: "待确认" },
  known: { en: "Known failures", zh: "已知失败" },
  notApplicable: { en: "Not applicable", zh: "不适用" },
  staleEntries: { en: "Remove from the list of known failures", zh: "应移出已知失败清单" },
  toPaste: { en: "To list these failures as known, add the reason for each", zh: "列为已知失败（请补充原因）" },
  allCases: { en: "All cases", zh: "全部用例" },
  caseId: { en: "Case", zh: "用例" },
  sentence: { en: "Expected behaviour", zh: "预期行为" },
  milliseconds: { en: "ms", zh: "毫秒" },
  expected: { en: "expected", zh: "期望" },
  got: { en: "got", zh: "实际" },
  difference: { en: "difference", zh: "差异" },
  basis: { en: "basis", zh: "依据" },
  further: { en: "also", zh: "另有" },
  example: { en: "Example", zh: "示例" },
  caseIds: { en: "Case ids", zh: "用例编号" },
  assumption: { en: "assumes a figure that the target does not state", zh: "假定了被测系统未声明的数值" },
  alsoIn: { en: "Fails also with", zh: "同时属于" },
  shownHere: { en: "shows it", zh: "问题在此" },
  choices: { en: "Open choices, where no page decides", zh: "文档未规定之处" },
  choice: { en: "Choice", zh: "事项" },
  thisTarget: { en: "This target", zh: "被测系统" },
  mock: { en: "Mock", zh: "模拟服务" },
  toRepeat: { en: "Command to reproduce", zh: "复现命令" },
  request: { en: "Request", zh: "请求" },
  response: { en: "Response", zh: "响应" },
  noResponse: { en: "no response", zh: "无响应" },
  copy: { en: "Copy", zh: "复制" },
  copied: { en: "Copied", zh: "已复制" },
  empty: { en: "(empty)", zh: "（空）" },
} as const satisfies Record<string, Words>;

export function casesWords(count: number): Words {
  return { en: casesText(count), zh: `${count} 条用例` };
}

export function needsWords(count: number, missing: readonly string[]): Words {
  const verb = count === 1 ? "needs" : "need";
  const chinese = missing.map((one) => one.split("|").join(" 或 ")).join("，以及 ");
  return { en: `${casesText(count)} ${verb} ${capabilitiesText(missing)}`, zh: `${count} 条用例需要 ${chinese}` };
}

export function furtherWords(count: number): Words {
  return { en: `${count} more of this kind in this case`, zh: `该用例中还有 ${count} 处同类问题` };
}

export function differenceWords(difference: Difference): Words {
  const { position, expected, got, further } = difference;
  const more = further === 0 ? "" : `；另有 ${further} 个字符不同`;
  const chinese = (text: string) => (text === "" ? "无" : named(text).replace(", fullwidth", "，全角"));
  const zh = `第 ${position} 个字符处不同：期望 ${chinese(expected)}，实际 ${chinese(got)}${more}`;
  return { en: differenceText(difference), zh };
}
