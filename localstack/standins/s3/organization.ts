/**
 * AWS Organizations as far as listing accounts goes; small pages, so that paging happens.
 *
 * Source: AWS Organizations API reference, ListAccounts, ListAccountsForParent,
 * ListOrganizationalUnitsForParent.
 */
import type { Answer, Asked } from './answer.ts';
import { like } from './policy.ts';

const PAGE = 2;

export function organization(asked: Asked, operation: string): Answer {
  const { organization: all } = asked.state;
  const patterns = asked.account?.allow ?? ['*'];
  const may = patterns.some((pattern) => like(pattern, `organizations:${operation}`));
  if (!all || !may || asked.account?.id !== all.management) return fault('AccessDeniedException');
  const input = JSON.parse(asked.body.toString() || '{}') as {
    readonly ParentId?: string;
    readonly NextToken?: string;
  };
  if (operation !== 'ListAccounts' && !all.units.some(({ id }) => id === input.ParentId)) {
    return fault('ParentNotFoundException');
  }
  const accounts = all.accounts
    .filter(({ parent }) => operation === 'ListAccounts' || parent === input.ParentId)
    .map(({ id, name, status = 'ACTIVE' }) => ({ Id: id, Name: name, Status: status }));
  const units = all.units
    .filter(({ parent }) => parent === input.ParentId)
    .map(({ id }) => ({ Id: id, Name: id }));
  const field =
    operation === 'ListOrganizationalUnitsForParent' ? 'OrganizationalUnits' : 'Accounts';
  const items = field === 'Accounts' ? accounts : units;
  const start = Number(input.NextToken ?? 0);
  const end = start + PAGE;
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({
      [field]: items.slice(start, end),
      ...(end < items.length && { NextToken: String(end) }),
    }),
  };
}

/** Organizations says 400 to a refusal too. */
function fault(code: string): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: code, Message: code }),
  };
}
