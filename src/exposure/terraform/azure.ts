/** Storage accounts and containers of the azurerm provider in a plan. */
import { azureFacts } from '../azure.ts';
import { type AzureNetworkRules, denied, type Fetched, fetched } from '../documents.ts';
import { because } from '../fact.ts';
import { list, record, texts } from '../input.ts';
import { answerOf, distinct, type Judgement, judgementOf } from '../judgement.ts';
import { attachments, isUnknown, type Plan, type Resource } from './plan.ts';
import type { TerraformCase } from './verdict.ts';

const ACCOUNT = 'azurerm_storage_account';
const CONTAINER = 'azurerm_storage_container';
const RULES = 'azurerm_storage_account_network_rules';
const WEBSITE = 'azurerm_storage_account_static_website';
const LATER = 'its value is known only after apply';

/** What the plan says of one account; denied where it cannot be known yet. */
interface AccountPlan {
  readonly name: string;
  readonly allows: Fetched<boolean | null>;
  readonly publicNetwork: Fetched<string | null>;
  readonly rules: Fetched<AzureNetworkRules | null>;
  readonly website: Fetched<boolean | null>;
}

/** One case a container, one for `$web` where a static website is on, one for an account without either. */
export function azureCases(plan: Plan): readonly TerraformCase[] {
  const attributes = ['storage_account_name', 'storage_account_id'];
  const names = ['name', 'id'];
  const parts = attachments(plan, [CONTAINER, RULES, WEBSITE], attributes, ACCOUNT, names);
  const placed = new Set<string>();
  const cases = plan.resources
    .filter((one) => one.type === ACCOUNT)
    .flatMap((resource): readonly TerraformCase[] => {
      const account = accountPlan(resource, parts.of(resource, RULES), parts.of(resource, WEBSITE));
      const containers = parts.of(resource, CONTAINER).resources;
      for (const container of containers) placed.add(container.address);
      const own = containers.map((container) => containerCase(container, account));
      const served = account.website.state === 'denied' || account.website.value === true;
      const whole = served || own.length === 0 ? [websiteCase(resource, account)] : [];
      return [...own, ...whole];
    });
  const others = plan.resources
    .filter((one) => one.type === CONTAINER && !placed.has(one.address))
    .map((container) => containerCase(container, UNKNOWN_ACCOUNT));
  return [...cases, ...others];
}

const ELSEWHERE = 'its storage account is not in this plan';
const UNKNOWN_ACCOUNT: AccountPlan = {
  name: '(elsewhere)',
  allows: denied(ELSEWHERE),
  publicNetwork: denied(ELSEWHERE),
  rules: denied(ELSEWHERE),
  website: denied(ELSEWHERE),
};

type Attached = { readonly resources: readonly Resource[]; readonly unclear: boolean };

function accountPlan(account: Resource, rules: Attached, website: Attached): AccountPlan {
  const { values } = account;
  return {
    name: typeof values.name === 'string' ? values.name : account.address,
    allows: allows(account),
    publicNetwork: read(account, 'public_network_access_enabled', (value) =>
      value === false ? 'Disabled' : 'Enabled',
    ),
    rules: networkRules(account, rules),
    website: staticWebsite(account, website),
  };
}

function read<T>(resource: Resource, attribute: string, value: (given: unknown) => T): Fetched<T> {
  const given = resource.values[attribute];
  return given === undefined && isUnknown(resource, attribute)
    ? denied(LATER)
    : fetched(value(given));
}

/** The provider sends true where the configuration says nothing. */
function allows(account: Resource): Fetched<boolean | null> {
  const name =
    account.values.allow_blob_public_access === undefined
      ? 'allow_nested_items_to_be_public'
      : 'allow_blob_public_access';
  return read(account, name, (value) => value !== false);
}

function networkRules(account: Resource, own: Attached): Fetched<AzureNetworkRules | null> {
  const separate = own.resources[0];
  if (separate) return rulesOf(separate, separate.values.default_action, separate.values);
  if (own.unclear) return denied('network rules that may belong to it are known only after apply');
  const inline = record(list(account.values.network_rules)[0]);
  if (!inline) return fetched(null);
  return rulesOf(account, inline.default_action, inline);
}

function rulesOf(
  resource: Resource,
  action: unknown,
  rules: Readonly<Record<string, unknown>>,
): Fetched<AzureNetworkRules | null> {
  if (typeof action !== 'string') return denied(`default_action of ${resource.address}: ${LATER}`);
  return fetched({
    defaultAction: action,
    ipRules: texts(rules.ip_rules).map((value) => ({ value })),
  });
}

function staticWebsite(account: Resource, own: Attached): Fetched<boolean | null> {
  if (own.resources.length > 0) return fetched(true);
  if (own.unclear) return denied('a static website that may belong to it');
  return fetched(list(account.values.static_website).length > 0);
}

function containerCase(container: Resource, account: AccountPlan): TerraformCase {
  const name = container.values.name;
  const level = read(container, 'container_access_type', accessLevel);
  return {
    id: container.address,
    judgement: judge(account, typeof name === 'string' ? name : container.address, level),
  };
}

function accessLevel(value: unknown): 'Blob' | 'Container' | null {
  if (value === 'blob') return 'Blob';
  return value === 'container' ? 'Container' : null;
}

function websiteCase(resource: Resource, account: AccountPlan): TerraformCase {
  return { id: resource.address, judgement: judge(account, '$web', fetched(null)) };
}

function judge(
  account: AccountPlan,
  container: string,
  level: Fetched<'Blob' | 'Container' | null>,
): Judgement {
  const facts = azureFacts({
    account: account.name,
    container,
    allowBlobPublicAccess: account.allows,
    publicNetworkAccess: account.publicNetwork,
    networkAcls: account.rules,
    isHnsEnabled: fetched(null),
    staticWebsite: account.website,
    publicAccess: level,
  });
  const judged = judgementOf(facts, answerOf(facts, ['anyone'], ['read']));
  const defaulted = account.allows.state === 'read' && account.allows.value === true;
  return judged.anonymousRead === 'yes' && defaulted
    ? { ...judged, because: distinct([...judged.because, because('terraform.azure-allows')]) }
    : judged;
}
