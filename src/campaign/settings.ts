/** How an office runs its campaigns: `campaign:` in ajar.yaml, with the defaults for what it leaves out. */
import type { Language } from '../model/language.ts';

/** When a reminder is due: a share of the time between start and due day, or days before that day. */
export type ReminderPoint =
  | { readonly share: number }
  /** 0: on the day itself. */
  | { readonly daysBefore: number };

/** Who runs the campaign: gets the orphan queue, the lists that have no address, and the report at the end. */
export interface Office {
  readonly name: string;
  /** Empty: nothing can be sent to it. */
  readonly to: readonly string[];
  readonly language: Language;
}

export interface CampaignSettings {
  /** Null: lists are not sent by ajar. */
  readonly channel: string | null;
  /** True for mail: what has no address cannot be sent. Tickets and chats know where they lead. */
  readonly addressed: boolean;
  readonly office: Office;
  readonly dueDays: number;
  /** In the order in which they fall due. */
  readonly remind: readonly ReminderPoint[];
  /** The time of day of reminders and escalations, in minutes after local midnight. */
  readonly timeMinutes: number;
}

export const CAMPAIGN_DEFAULTS: Omit<CampaignSettings, 'channel' | 'addressed'> = {
  office: { name: 'CIO office', to: [], language: 'en' },
  dueDays: 7,
  remind: [{ share: 0.5 }, { daysBefore: 1 }, { daysBefore: 0 }],
  timeMinutes: 9 * 60,
};

/** The end of the local day that lies so many days after this one: a week ends at midnight, not at ten past four. */
export function dueAfter(start: Date, days: number): Date {
  return new Date(start.getFullYear(), start.getMonth(), start.getDate() + days, 23, 59, 59);
}

/** `2026-11-29` → the end of that local day; undefined for what is no such date. */
export function endOfDay(date: string): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const end = new Date(year, month - 1, day, 23, 59, 59);
  return end.getMonth() === month - 1 && end.getDate() === day ? end : undefined;
}
