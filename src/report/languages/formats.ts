/** Numbers, sizes and times as people who read a language write them: by Intl, in UTC, the same for the same input. */

export interface Formats {
  /** `12,031` */
  count(count: number): string;
  /** `1.2 GB`; decimal units, as providers bill them. */
  bytes(bytes: number): string;
  /** A share 0..1 as `0.9 %`; small shares keep one digit that is not zero. */
  share(share: number): string;
  /** `28 Nov 2025`; text that is no date stays as it is. */
  day(iso: string): string;
  /** `28 Nov 2025, 09:30 UTC` */
  minute(iso: string): string;
}

const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `tag` is an Intl locale; `bytesWord` says whole bytes. */
export function formatsOf(
  tag: string,
  bytesWord: (count: string, one: boolean) => string,
): Formats {
  const number = new Intl.NumberFormat(tag);
  const oneDecimal = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const month = tag.startsWith('en') ? 'short' : 'long';
  const date = { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' } as const;
  const day = new Intl.DateTimeFormat(tag, date);
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const minute = new Intl.DateTimeFormat(tag, { ...date, ...clock });
  const dated = (iso: string, format: Intl.DateTimeFormat, zone: string): string => {
    const time = Date.parse(iso);
    return Number.isNaN(time) ? iso : `${format.format(time)}${zone}`;
  };
  const count = (value: number): string => number.format(value);
  return {
    count,
    bytes(bytes) {
      let value = bytes;
      let unit = -1;
      // 999.95 would round to "1,000 kB".
      while (value >= 999.95 && unit < UNITS.length - 1) {
        value /= 1000;
        unit += 1;
      }
      return unit < 0
        ? bytesWord(count(bytes), bytes === 1)
        : `${oneDecimal.format(value)} ${UNITS[unit] ?? ''}`;
    },
    share(share) {
      const percent = share * 100;
      const digits = percent > 0 && percent < 0.1 ? 3 : 1;
      return `${percent.toLocaleString(tag, { maximumFractionDigits: digits })} %`;
    },
    day: (iso) => dated(iso, day, ''),
    minute: (iso) => dated(iso, minute, ' UTC'),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

export interface UntilWords {
  readonly overdueToday: string;
  readonly today: string;
  readonly tomorrow: string;
  readonly overdue: (days: number) => string;
  readonly in: (days: number) => string;
}

/** From one instant to another in calendar days (UTC): `in 6 days`, `tomorrow`, `3 days overdue`. Empty when either is no date. */
export function untilOf(words: UntilWords): (fromIso: string, toIso: string) => string {
  return (fromIso, toIso) => {
    const from = Date.parse(fromIso);
    const to = Date.parse(toIso);
    if (Number.isNaN(from) || Number.isNaN(to)) return '';
    const days = Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS);
    if (to < from) return days === 0 ? words.overdueToday : words.overdue(-days);
    if (days === 0) return words.today;
    return days === 1 ? words.tomorrow : words.in(days);
  };
}

export interface DurationWords {
  readonly seconds: (count: number) => string;
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly days: (count: number) => string;
}

/** `45 s`, `12 min`, `3 h 20 min`, `2 days 4 h`. Rounded up: nobody minds being done early. */
export function durationOf(words: DurationWords): (ms: number) => string {
  return (ms) => {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    if (seconds < 60) return words.seconds(seconds);
    const minutes = Math.ceil(seconds / 60);
    if (minutes < 60) return words.minutes(minutes);
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return pair(words.hours(hours), minutes % 60, words.minutes);
    return pair(words.days(Math.floor(hours / 24)), hours % 24, words.hours);
  };
}

function pair(first: string, rest: number, unit: (count: number) => string): string {
  return rest === 0 ? first : `${first} ${unit(rest)}`;
}
