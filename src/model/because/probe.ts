/** What a request without credentials was answered, and what is merely assumed. */
export const PROBE: Readonly<Record<string, string>> = {
  'probe.listed': 'an unsigned listing request was answered with the list ({url}, HTTP {status})',
  'probe.list-refused': 'an unsigned listing request was refused ({url}, HTTP {status})',
  'probe.read': 'an unsigned request got the object ({url}, HTTP {status})',
  'probe.read-version':
    'an unsigned request got old version {version} of the object ({url}, HTTP {status})',
  'probe.read-refused': 'an unsigned request for an object was refused ({url}, HTTP {status})',
  'probe.unclear':
    'an unsigned request was answered in a way that proves nothing ({url}, HTTP {status}: {detail})',
  'probe.permissions': 'asked without credentials, the service names {permissions} ({url})',
  'probe.failed': 'an unsigned request could not be made ({url}: {detail})',
  'probe.maybe-listed':
    'the unsigned request may have got through because it came from a listed address, so it proves nothing about anyone',
  'folder.assumed': 'a folder is judged as if its files were published: {path}',
  'gate.assumed': 'judged as if it were public, as asked',
  'held.contract':
    'the contract of those who keep it ended on {on}, and data of people is still there',
  'held.purpose': 'it was needed until {on}, and data of people is still there',
  'config.denied': 'the {document} could not be read ({detail}), so nothing is known from it',
  'config.none': 'no credentials: the access-control documents were not asked for',
};
