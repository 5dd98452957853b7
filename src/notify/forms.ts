/** One message in the form that each kind of receiver reads. Plain text throughout: no mark-up of theirs is run. */
import type { NewMessage } from '../model/message.ts';
import type { HttpChannel } from './channel.ts';

const WEBHOOK_SCHEMA = 'ajar-message/1';

/** Slack: a header takes 150 characters, a section 3,000, a message 50 blocks. Source: Slack, Block Kit reference. */
const SLACK_HEADER_CHARACTERS = 150;
const SLACK_SECTION_CHARACTERS = 3000;
const SLACK_SECTIONS = 40;
/** Teams cuts a card at 28 KB; a character may take four bytes. Source: Microsoft, webhooks and connectors. */
const TEAMS_TEXT_CHARACTERS = 6000;
/** Jira: a summary takes 255 characters, a description 32,767. Source: Atlassian, REST API. */
const SUBJECT_CHARACTERS = 250;
const TEXT_CHARACTERS = 30_000;

export function webhookBody(message: NewMessage): string {
  const { id, about, to, subject, text, language, attachments } = message;
  return JSON.stringify({
    schema: WEBHOOK_SCHEMA,
    id,
    about,
    to,
    subject,
    text,
    language,
    attachments: attachments.map(({ name, type, base64 }) => ({ name, type, base64 })),
  });
}

/** `text` is what notifications show; its mark-up signs are escaped so that no name can mention a channel. */
export function slackBody({ subject, text }: NewMessage): string {
  const sections = pieces(text, SLACK_SECTION_CHARACTERS).slice(0, SLACK_SECTIONS);
  return JSON.stringify({
    text: subject.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    blocks: [
      { type: 'header', text: plainText(cut(subject, SLACK_HEADER_CHARACTERS)) },
      ...sections.map((part) => ({ type: 'section', text: plainText(part) })),
    ],
  });
}

function plainText(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}

/** An Adaptive Card. A RichTextBlock shows its text as it is; a TextBlock would read Markdown in it. */
export function teamsBody({ subject, text }: NewMessage): string {
  const run = (words: string, more: object): object => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: words, ...more }],
  });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      run(subject, { weight: 'Bolder', size: 'Medium' }),
      ...cut(text, TEAMS_TEXT_CHARACTERS)
        .split(/\n{2,}/)
        .filter((part) => part.trim() !== '')
        .map((part) => run(part.trim(), {})),
    ],
  };
  return JSON.stringify({
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content },
    ],
  });
}

const TEMPLATES: Readonly<Record<'jira' | 'servicenow', string>> = {
  jira: '{"fields":{"project":{"key":"{{project}}"},"issuetype":{"name":"{{issuetype}}"},"summary":"{{subject}}","description":"{{text}}","labels":["ajar"]}}',
  servicenow:
    '{"short_description":"{{subject}}","description":"{{text}}","correlation_id":"{{id}}","correlation_display":"ajar"}',
};
const TEMPLATE_VALUES: Readonly<Record<string, string>> = { issuetype: 'Task' };

/** The template of a channel with every `{{field}}` filled in as JSON text. Throws for a field that is none. */
export function templateBody(channel: HttpChannel, message: NewMessage): string {
  const template = channel.body ?? (channel.template === null ? '' : TEMPLATES[channel.template]);
  const { id, about, subject, text, language, to } = message;
  const fields: Readonly<Record<string, string>> = {
    ...TEMPLATE_VALUES,
    ...channel.values,
    id,
    about,
    subject: cut(subject, SUBJECT_CHARACTERS),
    text: cut(text, TEXT_CHARACTERS),
    language,
    to: to.join(', '),
  };
  const known = Object.keys(fields).sort().join(', ');
  const filled = template.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
    const value = fields[name];
    if (value === undefined) {
      throw new TemplateError(`there is no field {{${name}}}; there are ${known}, and "values:"`);
    }
    return JSON.stringify(value.toWellFormed()).slice(1, -1);
  });
  try {
    JSON.parse(filled);
  } catch (error) {
    throw new TemplateError(
      'its body is no JSON once filled in; put each {{field}} between double quotes',
      { cause: error },
    );
  }
  return filled;
}

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).toWellFormed()}…`;
}

/** At line borders where there are any. */
function pieces(text: string, characters: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split('\n')) {
    for (let at = 0; at === 0 || at < line.length; at += characters) {
      const next = line.slice(at, at + characters).toWellFormed();
      if (part.length + next.length + 1 > characters) {
        parts.push(part);
        part = '';
      }
      part += part === '' ? next : `\n${next}`;
    }
  }
  return [...parts, part].filter((each) => each.trim() !== '');
}
