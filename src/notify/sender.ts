/** A channel of the configuration made ready to send. */
import { createHmac } from 'node:crypto';
import { validateHeaderValue } from 'node:http';
import { UsageError } from '../model/errors.ts';
import type { NewMessage } from '../model/message.ts';
import {
  addressOf,
  type Channel,
  type ChatChannel,
  type HttpChannel,
  labelOf,
  secretOf,
  type WebhookChannel,
} from './channel.ts';
import type { Sender, SendingContext } from './delivery.ts';
import { slackBody, TemplateError, teamsBody, templateBody, webhookBody } from './forms.ts';
import { mailSender } from './mail.ts';
import { post } from './post.ts';

/** Throws UsageError, one sentence, for a channel that cannot be used as it is configured. */
export function senderOf(name: string, channel: Channel, context: SendingContext): Sender {
  switch (channel.type) {
    case 'mail':
      return mailSender(name, channel, context);
    case 'webhook':
      return webhookSender(name, channel, context);
    case 'http':
      return httpSender(name, channel, context);
    default:
      return chatSender(name, channel, context);
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

function hostOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/**
 * `X-Ajar-Signature: sha256=<hex>` is the HMAC-SHA256 of `<timestamp>.<body>` under the shared key;
 * the timestamp, in seconds, is in `X-Ajar-Timestamp`, so that an old request cannot be sent again.
 */
export function signature(key: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
}

function webhookSender(name: string, channel: WebhookChannel, context: SendingContext): Sender {
  const url = addressOf(name, channel, ['https:', 'http:'], context.env);
  const key = secretOf(name, channel.secretFrom, context.env);
  return {
    hosts: [hostOf(url)],
    send(message) {
      const body = webhookBody(message);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const headers = {
        'Content-Type': JSON_TYPE,
        'Idempotency-Key': headerText(message.id),
        'X-Ajar-Timestamp': timestamp,
        'X-Ajar-Signature': signature(key, timestamp, body),
      };
      return post({ url, method: 'POST', headers, body, secrets: [key] }, context);
    },
  };
}

/** Of the address of a chat the path is the secret. */
function chatSender(name: string, channel: ChatChannel, context: SendingContext): Sender {
  const url = addressOf(name, channel, ['https:', 'http:'], context.env);
  const form = channel.type === 'slack' ? slackBody : teamsBody;
  return {
    hosts: [hostOf(url)],
    send(message) {
      const headers = { 'Content-Type': JSON_TYPE };
      const secrets = [url.href, url.pathname];
      return post({ url, method: 'POST', headers, body: form(message), secrets }, context);
    },
  };
}

function httpSender(name: string, channel: HttpChannel, context: SendingContext): Sender {
  const url = addressOf(name, channel, ['https:', 'http:'], context.env);
  const secrets: string[] = [];
  const filled = Object.fromEntries(
    Object.entries(channel.headers).map(([header, value]) => [
      header,
      value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
        const secret = secretOf(name, variable, context.env);
        secrets.push(secret);
        return secret;
      }),
    ]),
  );
  checkHeaders(name, filled);
  checkTemplate(name, channel);
  return {
    hosts: [hostOf(url)],
    send(message) {
      const headers = {
        'Content-Type': JSON_TYPE,
        Accept: 'application/json',
        'Idempotency-Key': headerText(message.id),
        ...filled,
      };
      const body = templateBody(channel, message);
      return post({ url, method: channel.method, headers, body, secrets }, context);
    },
  };
}

/** A line break in a secret would otherwise end the run in the middle of sending. */
function checkHeaders(name: string, headers: Readonly<Record<string, string>>): void {
  for (const [header, value] of Object.entries(headers)) {
    try {
      validateHeaderValue(header, value);
    } catch (error) {
      throw new UsageError(
        `${labelOf(name)}: the header ${header} holds a sign that no header may, such as a line break`,
        { cause: error },
      );
    }
  }
}

const NOTHING: NewMessage = {
  id: 'check',
  channel: '',
  to: [],
  subject: 'a "subject"',
  text: 'two\nlines',
  language: 'en',
  attachments: [],
  about: '',
};

/** Filled in once before anything is sent, so that a mistake shows where it was made. */
function checkTemplate(name: string, channel: HttpChannel): void {
  try {
    templateBody(channel, NOTHING);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new UsageError(`${labelOf(name)}: ${error.message}`, { cause: error });
  }
}

/** Headers carry ASCII; an id in another script is percent-encoded. */
function headerText(id: string): string {
  return id.replace(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign));
}
