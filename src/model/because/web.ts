/** What an open web server shows to a plain request. */
export const WEB: Readonly<Record<string, string>> = {
  'web.listed':
    'a plain request was answered with the list of files, in the form of {form} ({url}, HTTP {status})',
  'web.read':
    'plain requests got {got} of the {tried} files that were tried ({url}, HTTP {status})',
};
