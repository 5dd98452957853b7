import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Sending } from '../../src/cli/channels.ts';
import { loadConfig } from '../../src/cli/config.ts';

function sending(yaml: string): Sending {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-channels-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ajar.yaml');
  writeFileSync(file, yaml);
  return loadConfig({ config: file }).sending;
}

const MAIL = 'mail: { type: mail, urlFrom: SMTP_URL, from: a@cio.example }';

test('without these settings nothing is sent, and a campaign has seven days', () => {
  expect(sending('{}')).toMatchObject({
    channels: {},
    notify: [],
    campaign: {
      channel: null,
      dueDays: 7,
      timeMinutes: 540,
      remind: [{ share: 0.5 }, { daysBefore: 1 }, { daysBefore: 0 }],
    },
  });
});

test('lists go by the only mail channel, encrypted unless stated', () => {
  const { campaign, channels } = sending(`channels: { ${MAIL} }`);
  expect(campaign.channel).toBe('mail');
  expect(channels.mail).toMatchObject({ tls: 'required' });
});

test('everything of a campaign can be set', () => {
  const yaml = `
channels: { ${MAIL}, other: { type: mail, url: "smtp://relay.example", from: a@cio.example, tls: none } }
campaign:
  channel: other
  office: { name: 部門, email: [a@cio.example, b@cio.example], language: zh-Hant }
  due: 14 days
  remind: [25%, 3d]
  time: "8:30"
`;
  expect(sending(yaml).campaign).toEqual({
    channel: 'other',
    addressed: true,
    office: { name: '部門', to: ['a@cio.example', 'b@cio.example'], language: 'zh-Hant' },
    dueDays: 14,
    remind: [{ share: 0.25 }, { daysBefore: 3 }],
    timeMinutes: 510,
  });
});

test('a notice wants to hear everything unless it says what', () => {
  const hook = 'ops: { type: webhook, url: "https://hooks.example/x", secretFrom: KEY }';
  const { notify } = sending(
    `channels: { ${hook} }\nnotify: [{ channel: ops }, { channel: ops, on: [late], language: ja }]`,
  );
  expect(notify).toEqual([
    { channel: 'ops', on: ['new', 'reopened', 'late'], to: [], language: 'en' },
    { channel: 'ops', on: ['late'], to: [], language: 'ja' },
  ]);
});

test.each([
  ['channels: { mail: { type: mail, from: a@cio.example } }', /either "url" or "urlFrom"/],
  ['channels: { x: { type: pigeon } }', /ajar\.yaml:1:/],
  ['channels: { x: { type: http, url: "https://t.example" } }', /either "body" or "template"/],
  [
    `channels: { ${MAIL} }\ncampaign: { channel: post }`,
    /campaign\.channel post: there is no such channel; channels: has mail/,
  ],
  [`channels: { ${MAIL} }\nnotify: [{ channel: mail }]`, /notify: "to" is missing/],
  ['notify: [{ channel: ops }]', /notify\.channel ops: there is no such channel/],
  ['campaign: { remind: [often] }', /ajar\.yaml:1:.*a share of the time such as 50%/],
  ['campaign: { time: noon }', /a time of day such as 09:00/],
  ['campaign: { due: 0d }', /a number of days such as 7d/],
  ['campaign: { office: { email: "a, b" } }', /ajar\.yaml:1:/],
])('a mistake is told with its place: %s', (yaml, message) => {
  expect(() => sending(yaml)).toThrow(message);
});

test('a secret that was put where the name of its variable belongs is not repeated', () => {
  const header = 'headers: { Authorization: "Bearer hunter2-hunter2" }';
  const http = `channels: { x: { type: http, template: jira, url: "https://t.example", ${header} } }`;
  const url = 'channels: { x: { type: slack, urlFrom: "https://hooks.example/T0/hunter2" } }';
  for (const yaml of [http, url]) {
    expect(() => sending(yaml)).toThrow(/environment variable/);
    expect(() => sending(yaml)).not.toThrow(/hunter2/);
  }
});
