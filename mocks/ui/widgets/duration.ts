/** `4:59`, `1:04:59`, `2d 01:04:59` */
export function duration(seconds: number): string {
  const whole = Math.abs(Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const time = new Date(whole * 1000).toISOString().slice(11, 19);
  return days > 0 ? `${days}d ${time}` : time.replace(/^(00:)?0?/, "");
}
