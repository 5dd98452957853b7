/** `channels:`, `campaign:` and `notify:` of ajar.yaml: schemas, and what they leave out filled in. */
import * as v from 'valibot';
import type { NoticeSettings } from '../campaign/notice.ts';
import {
  CAMPAIGN_DEFAULTS,
  type CampaignSettings,
  type ReminderPoint,
} from '../campaign/settings.ts';
import { UsageError } from '../model/errors.ts';
import { LANGUAGES, type Language } from '../model/language.ts';
import type { Channel } from '../notify/channel.ts';
import { parseDays } from './yaml.ts';

const text = v.pipe(v.string(), v.nonEmpty('a text'));
const url = v.pipe(text, v.url('an address such as https://hooks.example.org/ajar'));
const variable = v.pipe(text, v.regex(/^\w+$/, 'the name of an environment variable'));
const email = v.pipe(text, v.regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'one mail address'));
const language = v.picklist(LANGUAGES as readonly [Language, ...Language[]], LANGUAGES.join(', '));
const place = { url: v.optional(url), urlFrom: v.optional(variable) };

const SECRET_HEADER = /auth|token|key|secret|cookie|password/i;
const headers = v.pipe(
  v.record(v.pipe(text, v.regex(/^[\w-]+$/, 'a header name')), text),
  v.check(
    (given) =>
      Object.entries(given).every(
        ([name, value]) =>
          !SECRET_HEADER.test(name) || /\$\{\w+\}/.test(value) || name === 'Idempotency-Key',
      ),
    'a secret by the name of its environment variable, see docs/notifications.md',
  ),
);

const channel = v.variant('type', [
  v.strictObject({
    type: v.literal('mail'),
    ...place,
    from: text,
    tls: v.optional(v.picklist(['required', 'none'], 'required or none'), 'required'),
  }),
  v.strictObject({ type: v.literal('webhook'), ...place, secretFrom: variable }),
  v.strictObject({ type: v.literal('slack'), ...place }),
  v.strictObject({ type: v.literal('teams'), ...place }),
  v.strictObject({
    type: v.literal('http'),
    ...place,
    method: v.optional(v.picklist(['POST', 'PUT', 'PATCH'], 'POST, PUT or PATCH'), 'POST'),
    headers: v.optional(headers, {}),
    body: v.optional(v.nullable(text), null),
    template: v.optional(
      v.nullable(v.picklist(['jira', 'servicenow'], 'jira or servicenow')),
      null,
    ),
    values: v.optional(v.record(text, v.string()), {}),
  }),
]);

const oneOf = v.pipe(
  channel,
  v.check(
    (given) => (given.url === undefined) !== (given.urlFrom === undefined),
    'either "url" or "urlFrom", the variable that holds it',
  ),
  v.check(
    (given) => given.type !== 'http' || (given.body === null) !== (given.template === null),
    'either "body" or "template"',
  ),
);

type ChannelsData = Readonly<Record<string, Channel>>;

export const CHANNELS: v.GenericSchema<unknown, ChannelsData> = v.record(
  v.pipe(text, v.regex(/^[\w.-]+$/, 'letters, digits, . _ -')),
  oneOf,
) as v.GenericSchema<unknown, ChannelsData>;

/** `50%`, `1d`, `0d`. */
function parsePoint(given: string): ReminderPoint | undefined {
  const share = /^(\d{1,2})\s*%$/.exec(given.trim());
  if (share) return Number(share[1]) > 0 ? { share: Number(share[1]) / 100 } : undefined;
  const days = parseDays(given);
  return days === undefined ? undefined : { daysBefore: days };
}

/** `09:00` → minutes after midnight. */
function parseTime(given: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(given.trim());
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

const addresses = v.union([
  v.pipe(
    email,
    v.transform((one) => [one]),
  ),
  v.array(email),
]);

export const CAMPAIGN: v.GenericSchema<unknown, CampaignData> = v.strictObject({
  channel: v.optional(text),
  office: v.optional(
    v.strictObject({
      name: v.optional(text),
      email: v.optional(addresses),
      language: v.optional(language),
    }),
  ),
  due: v.optional(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.check((given) => (parseDays(given) ?? 0) > 0, 'a number of days such as 7d'),
      v.transform((given) => parseDays(given) ?? 0),
    ),
  ),
  remind: v.optional(
    v.array(
      v.pipe(
        text,
        v.check(
          (given) => parsePoint(given) !== undefined,
          'a share of the time such as 50%, or days before the day such as 1d',
        ),
      ),
    ),
  ),
  time: v.optional(
    v.pipe(
      text,
      v.check((given) => parseTime(given) !== undefined, 'a time of day such as 09:00'),
    ),
  ),
}) as v.GenericSchema<unknown, CampaignData>;

export interface CampaignData {
  readonly channel?: string | undefined;
  readonly office?:
    | {
        readonly name?: string | undefined;
        readonly email?: readonly string[] | undefined;
        readonly language?: Language | undefined;
      }
    | undefined;
  readonly due?: number | undefined;
  readonly remind?: readonly string[] | undefined;
  readonly time?: string | undefined;
}

interface NoticeData {
  readonly channel: string;
  readonly on: NoticeSettings['on'];
  readonly to: readonly string[];
  readonly language: Language;
}

const NOTICE_KINDS = ['new', 'reopened', 'late'] as const;

export const NOTIFY: v.GenericSchema<unknown, readonly NoticeData[]> = v.array(
  v.strictObject({
    channel: text,
    on: v.optional(v.array(v.picklist(NOTICE_KINDS, 'new, reopened or late')), [...NOTICE_KINDS]),
    to: v.optional(addresses, []),
    language: v.optional(language, 'en'),
  }),
) as v.GenericSchema<unknown, readonly NoticeData[]>;

export interface Sending {
  readonly channels: Readonly<Record<string, Channel>>;
  readonly campaign: CampaignSettings;
  readonly notify: readonly NoticeSettings[];
}

interface Read {
  readonly channels?: ChannelsData | undefined;
  readonly campaign?: CampaignData | undefined;
  readonly notify?: readonly NoticeData[] | undefined;
}

/** The three settings as they hold. Throws UsageError where one names a channel that is not there. */
export function readSending(read: Read): Sending {
  const channels = read.channels ?? {};
  const given = read.campaign ?? {};
  const { office } = CAMPAIGN_DEFAULTS;
  // Lists go by mail; with one such channel there is nothing to choose.
  const mails = Object.keys(channels).filter((name) => channels[name]?.type === 'mail');
  const chosen = given.channel ?? (mails.length === 1 ? mails[0] : undefined);
  known(channels, 'campaign.channel', given.channel);
  for (const { channel, to } of read.notify ?? []) {
    known(channels, 'notify.channel', channel);
    if (channels[channel]?.type === 'mail' && to.length === 0) {
      throw new UsageError(`notify: "to" is missing; say which addresses ${channel} sends it to`);
    }
  }
  return {
    channels,
    campaign: {
      channel: chosen ?? null,
      addressed: chosen === undefined || channels[chosen]?.type === 'mail',
      office: {
        name: given.office?.name ?? office.name,
        to: given.office?.email ?? office.to,
        language: given.office?.language ?? office.language,
      },
      dueDays: given.due ?? CAMPAIGN_DEFAULTS.dueDays,
      remind:
        given.remind?.map(parsePoint).filter((point) => point !== undefined) ??
        CAMPAIGN_DEFAULTS.remind,
      timeMinutes: parseTime(given.time ?? '') ?? CAMPAIGN_DEFAULTS.timeMinutes,
    },
    notify: read.notify ?? [],
  };
}

function known(channels: ChannelsData, setting: string, name: string | undefined): void {
  if (name === undefined || channels[name] !== undefined) return;
  const names = Object.keys(channels).join(', ') || 'none yet';
  throw new UsageError(`${setting} ${name}: there is no such channel; channels: has ${names}`);
}
