/** The overlay's texts in Chinese. */
import type { Texts } from "./en.ts";

export const zh: Texts = {
  unread: (count) => `${count} 个新验证码`,
  arrived: (code, to, scene) => `新验证码 ${code}，${to}，${scene}`,

  codes: "验证码",
  noCodes: "暂无验证码。",
  left: (time) => `剩余 ${time}`,
  expired: "已过期",
  copy: "复制",
  copied: (code) => `已复制 ${code}`,
  selected: "无法访问剪贴板，请按 Ctrl+C 或 ⌘C 复制。",
  expire: "立即过期",
  hasExpired: (code, time) => `时间已快进 ${time}，${code} 已过期`,
  hadExpired: (code) => `${code} 早已过期`,

  clock: "时间",
  realTime: "真实时间",
  ahead: (time) => `比真实时间快 ${time}`,
  behind: (time) => `比真实时间慢 ${time}`,
  frozen: (time) => `已冻结在 ${time}`,
  plus: (minutes) => `+${minutes} 分钟`,
  reset: "重置",
  moved: (minutes) => `时间已快进 ${minutes} 分钟`,
  wasReset: "已恢复为真实时间",

  fault: "让下一次请求失败",
  operation: "接口",
  error: "错误",
  schedule: "注入故障",
  scheduled: (operation, error) => `下一次 ${operation} 将失败：${error}`,
  waiting: "待触发的故障",
  remove: "移除",
  removed: "已移除故障",
};
