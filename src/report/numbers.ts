/** Numbers, sizes and times as a person reads them. English, UTC, always the same for the same input. */

const COUNT = new Intl.NumberFormat('en-GB');
const ONE_DECIMAL = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const MINUTE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** `12,031` */
export function countText(count: number): string {
  return COUNT.format(count);
}

/** `1 finding`, `12,031 findings` */
export function counted(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** `1.2 GB`; decimal units, as providers bill them. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  // 999.95 would round to "1,000 kB".
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${countText(bytes)} bytes`;
  return `${ONE_DECIMAL.format(value)} ${units[unit] ?? ''}`;
}

/** A share 0..1 as `0.9 %`; small shares keep one digit that is not zero. */
export function shareText(share: number): string {
  const percent = share * 100;
  const digits = percent > 0 && percent < 0.1 ? 3 : 1;
  return `${percent.toLocaleString('en-GB', { maximumFractionDigits: digits })} %`;
}

/** `28 Nov 2025`; text that is no date stays as it is. */
export function dayText(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : DAY.format(time);
}

/** `28 Nov 2025, 09:30 UTC` */
export function minuteText(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${MINUTE.format(time)} UTC`;
}

/** From one instant to another in calendar days (UTC): `in 6 days`, `tomorrow`, `3 days overdue`. Empty when either is no date. */
export function untilText(fromIso: string, toIso: string): string {
  const from = Date.parse(fromIso);
  const to = Date.parse(toIso);
  if (Number.isNaN(from) || Number.isNaN(to)) return '';
  const days = Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS);
  if (to < from)
    return days === 0 ? 'overdue since today' : `${counted(-days, 'day', 'days')} overdue`;
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${countText(days)} days`;
}

/** `45 s`, `12 min`, `3 h 20 min`, `2 days 4 h`. Rounded up: nobody minds being done early. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  const rest = hours % 24 === 0 ? '' : ` ${hours % 24} h`;
  return `${counted(days, 'day', 'days')}${rest}`;
}
