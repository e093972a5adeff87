/** The text that carries a code. Ours: no page shows what the real messages say. */
import type { Language } from "../../core/store.ts";

export function messageText(code: string, ttlSeconds: number, language: Language): string {
  const minutes = ttlSeconds / 60;
  const whole = Number.isInteger(minutes);
  if (language === "zh") return `验证码:${code},${whole ? `${minutes}分钟` : `${ttlSeconds}秒`}内有效。`;
  const lifetime = whole ? `${minutes} minute${minutes === 1 ? "" : "s"}` : `${ttlSeconds} seconds`;
  return `Your verification code is ${code}. It is valid for ${lifetime}.`;
}
