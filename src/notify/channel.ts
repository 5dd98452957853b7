/**
 * Where messages go: `channels:` of ajar.yaml, by name. Secrets stand in environment variables, and
 * only their names stand here.
 */
import { UsageError } from '../model/errors.ts';

/** An address in the open, or the name of the variable that holds it because it is a secret itself. */
export interface Place {
  readonly url?: string;
  readonly urlFrom?: string;
}

export interface MailChannel extends Place {
  readonly type: 'mail';
  /** `ajar <ajar@cio.example.org>` */
  readonly from: string;
  /** `none`: in the clear, for a relay on the same machine. */
  readonly tls: 'required' | 'none';
}

export interface WebhookChannel extends Place {
  readonly type: 'webhook';
  /** The variable that holds the key of the signature. */
  readonly secretFrom: string;
}

export interface ChatChannel extends Place {
  readonly type: 'slack' | 'teams';
}

export interface HttpChannel extends Place {
  readonly type: 'http';
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Values may hold `${NAME}`, replaced from the environment. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON with `{{subject}}` and the like; null: as `template` has it. */
  readonly body: string | null;
  readonly template: 'jira' | 'servicenow' | null;
  /** Further `{{fields}}`. */
  readonly values: Readonly<Record<string, string>>;
}

export type Channel = MailChannel | WebhookChannel | ChatChannel | HttpChannel;
export type Env = Readonly<Record<string, string | undefined>>;

/** What the person calls it: `channels.mail`. */
export function labelOf(name: string): string {
  return `channels.${name}`;
}

/** The value of a variable. Throws UsageError naming the variable, never a value. */
export function secretOf(name: string, variable: string, env: Env): string {
  const value = env[variable]?.trim();
  if (value === undefined || value === '') {
    throw new UsageError(
      `${labelOf(name)}: the environment variable ${variable} is not set; set it where ajar runs`,
    );
  }
  return value;
}

/** The channel's address. Throws UsageError; the address itself is never in the message, it may be a secret. */
export function addressOf(name: string, place: Place, schemes: readonly string[], env: Env): URL {
  const from = place.urlFrom;
  const text = from === undefined ? place.url : secretOf(name, from, env);
  if (text === undefined) {
    throw new UsageError(`${labelOf(name)}: has neither "url" nor "urlFrom"`);
  }
  const allowed = schemes.map((scheme) => `${scheme}//`).join(' or ');
  const where = from === undefined ? 'url' : `the variable ${from}`;
  if (!URL.canParse(text)) {
    throw new UsageError(`${labelOf(name)}: ${where} is no address; it begins with ${allowed}`);
  }
  const url = new URL(text);
  if (!schemes.includes(url.protocol) || url.hostname === '') {
    throw new UsageError(`${labelOf(name)}: ${where} has to begin with ${allowed} and name a host`);
  }
  return url;
}
