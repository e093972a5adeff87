/** The overlay's texts in English. The Chinese ones have the same keys. */

export const en = {
  unread: (count: number) => `${count} new ${count === 1 ? "code" : "codes"}`,
  arrived: (code: string, to: string, scene: string) => `New code ${code} for ${to}, ${scene}`,

  codes: "Codes",
  noCodes: "No codes yet.",
  left: (time: string) => `${time} left`,
  expired: "expired",
  copy: "Copy",
  copied: (code: string) => `Copied ${code}`,
  selected: "No clipboard access. Press Ctrl+C or ⌘C to copy the code.",
  expire: "Expire now",
  hasExpired: (code: string, time: string) => `Clock moved ahead by ${time}. ${code} has expired`,
  hadExpired: (code: string) => `${code} has already expired`,

  clock: "Clock",
  realTime: "Real time",
  ahead: (time: string) => `${time} ahead of real time`,
  behind: (time: string) => `${time} behind real time`,
  frozen: (time: string) => `Frozen at ${time}`,
  plus: (minutes: number) => `+${minutes} min`,
  reset: "Reset",
  moved: (minutes: number) => `Clock moved ahead by ${minutes} min`,
  wasReset: "The clock shows real time again",

  fault: "Next request fails",
  operation: "Operation",
  error: "Error",
  schedule: "Schedule fault",
  scheduled: (operation: string, error: string) => `The next ${operation} fails: ${error}`,
  waiting: "Scheduled faults",
  remove: "Remove",
  removed: "Fault removed",
};

export type Texts = typeof en;
