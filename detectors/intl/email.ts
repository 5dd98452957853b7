/**
 * E-mail address: local part, `@`, host name under a top-level domain.
 *
 * The two-letter top-level domains and the usual longer ones are taken; anything else is more often
 * a file (`logo@2x.png`) or a package (`@a/b@1.2.js`). Addresses that are nobody's (RFC 2606
 * examples, `.local`, no-reply and `git@`) are known as such; an office's mailbox stays low.
 */
import type { Detector } from '../../src/model/detector.ts';

const GENERIC = new Set(
  (
    'COM NET ORG EDU GOV MIL INT INFO BIZ NAME PRO AERO ASIA CAT COOP JOBS MOBI MUSEUM POST TEL ' +
    'TRAVEL XXX APP DEV ONLINE SITE STORE SHOP TECH CLOUD XYZ TOP CLUB VIP WORK LIVE LIFE EMAIL ' +
    'WORLD TODAY NEWS MEDIA AGENCY STUDIO DESIGN GROUP TEAM GLOBAL COMPANY SOLUTIONS SERVICES ' +
    'SYSTEMS SUPPORT NETWORK DIGITAL SPACE FUN ICU WANG REN LTD INC LLC LAW BANK INSURE HEALTH ' +
    'CARE CLINIC DENTAL HOSPITAL ACADEMY SCHOOL UNIVERSITY COLLEGE EDUCATION FOUNDATION NGO ONG ' +
    'CHURCH TOKYO OSAKA KYOTO NAGOYA YOKOHAMA OKINAWA RYUKYU TAIPEI LONDON PARIS BERLIN NYC SYDNEY ' +
    'MELBOURNE WIEN HAMBURG KOELN CYMRU WALES SCOT IRISH ARPA BLOG WIKI PAGE ART BIO ECO GAMES ' +
    'GMBH HAUS IMMO REISE VERSICHERUNG EXPERT GURU CENTER CITY PLUS ZONE WEBSITE PRESS LINK CLICK'
  ).split(' '),
);
/** Two letters that end file names far more often than host names. */
const FILE_ENDINGS = new Set(['JS', 'TS', 'GZ', 'XZ', 'BZ', 'DB', 'QT']);

const LOCAL = /^[A-Z0-9](?:[A-Z0-9_%+-]|\.(?!\.))*$/;
const LABEL = /^[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?$/;

const NOBODIES = 'NO-?REPLY|DO-?NOT-?REPLY|GIT|NOBODY|MAILER-DAEMON';
const OFFICES =
  'INFO|ENQUIR(?:Y|IES)|INQUIR(?:Y|IES)|CONTACT(?:US)?|SUPPORT|ADMIN|WEBMASTER|SALES|HELP(?:DESK)?|HELLO|OFFICE|SERVICE|POSTMASTER|ABUSE|SECURITY|PRESS|MEDIA|HR|JOBS|ROOT|HOSTMASTER|FEEDBACK|LICENSE|BUGS?|TEAM|DEV|USER|TEST';
const NOBODY = new RegExp(`^(?:${NOBODIES})(?:[+-].*)?$`);
const OFFICE = new RegExp(`^(?:${OFFICES})$`);
const EXAMPLE_HOST =
  /(?:^|\.)(?:EXAMPLE\.[A-Z]+|EXAMPLE|TEST|INVALID|LOCALHOST|LOCAL|LOCALDOMAIN|INTERNAL)$/;

function parts(compact: string): readonly [local: string, host: string] {
  const at = compact.indexOf('@');
  return [compact.slice(0, at), compact.slice(at + 1)];
}

/** Hosts by whether a mailbox may be there: a list of people has thousands of addresses at a few. */
const hosts = new Map<string, boolean>();
const HOSTS_KEPT = 4096;

function isHost(host: string): boolean {
  const known = hosts.get(host);
  if (known !== undefined) return known;
  const answer = judgeHost(host);
  if (hosts.size >= HOSTS_KEPT) hosts.clear();
  hosts.set(host, answer);
  return answer;
}

function judgeHost(host: string): boolean {
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return false;
  if (EXAMPLE_HOST.test(host)) return true;
  if (/^[A-Z]{2}$/.test(top)) return !FILE_ENDINGS.has(top);
  return GENERIC.has(top) || top.startsWith('XN--');
}

function isAddress(compact: string): boolean {
  const [local, host] = parts(compact);
  return LOCAL.test(local) && !local.endsWith('.') && isHost(host);
}

const email: Detector = {
  id: 'intl.email',
  title: 'E-mail address',
  source: 'RFC 5321 and 5322 (without quoted local parts), RFC 2606 and 6762, IANA root zone.',
  kind: 'contact',
  alone: 'medium',
  shapes: ['w{A-Z0-9._%+-}1..63?{@}{A-Z0-9.-}4..190'],
  masks: ['w{A-Z0-9.}1..20?m2..20{@}{A-Z0-9.-}4..190', 'wm2..20w1..4{@}{A-Z0-9.-}4..190'],
  masksAlone: 'medium',
  hints: [
    ...['e-mail', 'email', 'mail', 'mail address', 'e-mail address', 'contact'],
    ...['電郵', '電子郵件', '電郵地址', '邮箱', '电子邮件', '電子信箱', 'メール', 'メールアドレス'],
    ...['이메일', '전자우편', 'อีเมล', 'emel', 'surel', 'thư điện tử', 'correo', 'courriel'],
  ],
  passRate: { plausible: 1, proved: 1 },
  judge: ({ compact }) => (isAddress(compact) ? 'plausible' : 'no'),
  aloneFor: ({ compact }) => (OFFICE.test(parts(compact)[0]) ? 'low' : 'medium'),
  isSample: ({ compact }) => {
    const [local, host] = parts(compact);
    return NOBODY.test(local) || EXAMPLE_HOST.test(host);
  },
  mailboxes: {
    isHost: (host) => isHost(host) && !EXAMPLE_HOST.test(host),
    isSampleHost: (host) => isHost(host) && EXAMPLE_HOST.test(host),
    words: [NOBODIES, OFFICES],
  },
  examples: {
    yes: ['mei.ling.tan@agency.gov.sg', 'k.yamada+forms@city.osaka.lg.jp', 'o_brien@mail.ie'],
    no: ['logo@2x.png', 'name@host', 'a..b@mail.hk', 'x@-mail.hk', 'main@bundle.js'],
  },
};
export default email;
