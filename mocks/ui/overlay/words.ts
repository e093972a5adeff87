/** What the overlay says, in English and in Chinese. */

export type Language = "en" | "zh";

export interface Words {
  readonly title: string;
  readonly unread: (count: number) => string;
  readonly arrived: (code: string, to: string, scene: string) => string;

  readonly codes: string;
  readonly noCodes: string;
  readonly left: (life: string) => string;
  readonly expired: string;
  readonly copy: string;
  readonly copied: (code: string) => string;
  readonly selected: string;
  readonly expire: string;
  readonly hasExpired: (code: string, life: string) => string;
  readonly hadExpired: (code: string) => string;

  readonly clock: string;
  readonly realTime: string;
  readonly ahead: (span: string) => string;
  readonly behind: (span: string) => string;
  readonly frozen: (time: string) => string;
  readonly plus: (minutes: number) => string;
  readonly reset: string;
  readonly isAhead: (minutes: number) => string;
  readonly isReset: string;

  readonly failure: string;
  readonly operation: string;
  readonly error: string;
  readonly arm: string;
  readonly armed: (operation: string, error: string) => string;
  readonly waiting: string;
  readonly remove: string;
  readonly removed: string;
}

const en: Words = {
  title: "ciam-testkit",
  unread: (count) => `${count} new ${count === 1 ? "code" : "codes"}`,
  arrived: (code, to, scene) => `New code ${code} for ${to}, ${scene}`,

  codes: "Codes",
  noCodes: "No code has arrived yet.",
  left: (life) => `${life} left`,
  expired: "expired",
  copy: "Copy",
  copied: (code) => `Copied ${code}`,
  selected: "This page may not use the clipboard. The code is selected: copy it with Ctrl+C or ⌘C.",
  expire: "Expire now",
  hasExpired: (code, life) => `The clock went ahead by ${life}, and ${code} has expired`,
  hadExpired: (code) => `${code} had expired before`,

  clock: "Clock",
  realTime: "Real time",
  ahead: (span) => `${span} ahead of real time`,
  behind: (span) => `${span} behind real time`,
  frozen: (time) => `Stands still at ${time}`,
  plus: (minutes) => `+${minutes} min`,
  reset: "Reset",
  isAhead: (minutes) => `The clock went ahead by ${minutes} min`,
  isReset: "The clock shows real time again",

  failure: "Next request fails",
  operation: "Operation",
  error: "Error",
  arm: "Let it fail",
  armed: (operation, error) => `The next ${operation} fails: ${error}`,
  waiting: "Waiting failures",
  remove: "Remove",
  removed: "The failure is removed",
};

const zh: Words = {
  title: "ciam-testkit",
  unread: (count) => `${count} 个新验证码`,
  arrived: (code, to, scene) => `新验证码 ${code}，发送至 ${to}，${scene}`,

  codes: "验证码",
  noCodes: "尚未收到验证码。",
  left: (life) => `剩余 ${life}`,
  expired: "已过期",
  copy: "复制",
  copied: (code) => `已复制 ${code}`,
  selected: "此页面无法使用剪贴板。验证码已选中，请按 Ctrl+C 或 ⌘C 复制。",
  expire: "立即过期",
  hasExpired: (code, life) => `时钟已前进 ${life}，${code} 已过期`,
  hadExpired: (code) => `${code} 此前已过期`,

  clock: "时钟",
  realTime: "与真实时间一致",
  ahead: (span) => `比真实时间快 ${span}`,
  behind: (span) => `比真实时间慢 ${span}`,
  frozen: (time) => `已冻结于 ${time}`,
  plus: (minutes) => `+${minutes} 分钟`,
  reset: "重置",
  isAhead: (minutes) => `时钟已前进 ${minutes} 分钟`,
  isReset: "时钟已恢复为真实时间",

  failure: "下一次请求失败",
  operation: "操作",
  error: "错误",
  arm: "使其失败",
  armed: (operation, error) => `下一次 ${operation} 将失败：${error}`,
  waiting: "待触发的失败",
  remove: "移除",
  removed: "已移除该失败",
};

export const wordsIn: Readonly<Record<Language, Words>> = { en, zh };

/** Such as 4:05, or 1:04:05 from an hour on. */
export function span(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  const [mm, ss] = [String(minutes), String(rest).padStart(2, "0")];
  return hours > 0 ? `${hours}:${mm.padStart(2, "0")}:${ss}` : `${mm}:${ss}`;
}
