/**
 * `terraform show -json` (a plan or a state) → resources that know which others they belong to.
 *
 * Names that are known only after apply leave no value to match, so a resource is then linked
 * through the references of its configuration, through module variables and outputs too. Source:
 * "JSON Output Format", Terraform documentation.
 */
import { type Json, list, record, texts } from '../input.ts';

export interface Resource {
  readonly address: string;
  /** The address without `[…]`, as the configuration has it. */
  readonly declared: string;
  readonly type: string;
  /** The module's address with its keys, empty for the root. */
  readonly module: string;
  /** The key of `count` or `for_each`, as text; empty without. */
  readonly key: string;
  readonly values: Json;
  /** Attributes whose value is known only after apply. */
  readonly unknown: Json;
  /** It does not exist yet. False for a state, and for what the plan changes or leaves alone. */
  readonly created: boolean;
}

export interface Plan {
  readonly resources: readonly Resource[];
  /** What the plan takes away. */
  readonly deleted: readonly Resource[];
  /** Declared addresses that an attribute's expression refers to. */
  readonly references: (resource: Resource, attribute: string) => readonly string[];
}

/** Modules inside modules; deeper is not followed. */
const MAX_DEPTH = 20;

/** Is this the JSON of a plan or a state? */
export function isPlan(value: Json): boolean {
  return (
    typeof value.format_version === 'string' ||
    record(value.planned_values) !== null ||
    (record(value.values) !== null && typeof value.terraform_version === 'string')
  );
}

export function readPlan(value: Json): Plan {
  const changes = new Map<string, Json>();
  for (const item of list(value.resource_changes)) {
    const change = record(item);
    if (change && typeof change.address === 'string') changes.set(change.address, change);
  }
  const root = record(record(value.planned_values ?? value.values)?.root_module);
  const resources = root ? moduleResources(root, '', changes, 0) : [];
  const deleted = [...changes.values()].filter((change) => isDeletion(change));
  const configuration = record(record(value.configuration)?.root_module);
  return {
    resources,
    deleted: deleted.flatMap((change) => {
      const before = record(record(change.change)?.before) ?? {};
      return resourceOf(change, text(change.module_address), before, change) ?? [];
    }),
    references: (resource, attribute) =>
      configuration ? resolveReferences(configuration, resource, attribute) : [],
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isDeletion(change: Json): boolean {
  const actions = texts(record(change.change)?.actions);
  return actions.includes('delete') && !actions.includes('create');
}

function moduleResources(
  module: Json,
  address: string,
  changes: ReadonlyMap<string, Json>,
  depth: number,
): readonly Resource[] {
  if (depth > MAX_DEPTH) return [];
  const own = list(module.resources).flatMap((item) => {
    const resource = record(item);
    if (!resource || resource.mode === 'data') return [];
    const values = record(resource.values) ?? {};
    return resourceOf(resource, address, values, changes.get(text(resource.address))) ?? [];
  });
  const inner = list(module.child_modules).flatMap((item) => {
    const child = record(item);
    return child ? moduleResources(child, text(child.address), changes, depth + 1) : [];
  });
  return [...own, ...inner];
}

function resourceOf(
  resource: Json,
  module: string,
  values: Json,
  change: Json | undefined,
): Resource | null {
  const address = text(resource.address);
  const type = text(resource.type);
  if (address === '' || type === '') return null;
  const detail = record(change?.change);
  const actions = texts(detail?.actions);
  const key = resource.index;
  return {
    address,
    declared: declaredAddress(address),
    type,
    module,
    key: key === undefined || key === null ? '' : String(key),
    values,
    unknown: record(detail?.after_unknown) ?? {},
    created: actions.includes('create'),
  };
}

function declaredAddress(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}

/** One module of the configuration and the way to its parent's scope. */
interface Scope {
  readonly module: Json;
  readonly prefix: string;
  readonly parent: Scope | null;
  readonly call: Json;
}

function resolveReferences(
  configuration: Json,
  resource: Resource,
  attribute: string,
): readonly string[] {
  let scope: Scope = { module: configuration, prefix: '', parent: null, call: {} };
  for (const name of declaredAddress(resource.module)
    .split('.')
    .filter((_part, at) => at % 2 === 1)) {
    const inner = child(scope, name);
    if (!inner) return [];
    scope = inner;
  }
  const local = resource.declared.slice(scope.prefix.length);
  const declared = list(scope.module.resources)
    .map(record)
    .find((one) => one?.address === local);
  const expression = record(record(declared?.expressions)?.[attribute]);
  return expression ? follow(expression, scope, 0) : [];
}

function child(scope: Scope, name: string): Scope | null {
  const call = record(record(scope.module.module_calls)?.[name]);
  const module = record(call?.module);
  if (!call || !module) return null;
  return { module, call, parent: scope, prefix: `${scope.prefix}module.${name}.` };
}

function follow(expression: Json, scope: Scope, depth: number): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  return texts(expression.references).flatMap((reference) => {
    const parts = reference.replace(/\[.*?\]/g, '').split('.');
    const [first = '', second = '', third = ''] = parts;
    if (first === 'var') {
      const given = record(record(scope.call.expressions)?.[second]);
      return given && scope.parent ? follow(given, scope.parent, depth + 1) : [];
    }
    if (first === 'module') {
      const inner = child(scope, second);
      const output = record(record(inner?.module.outputs)?.[third]);
      const value = record(output?.expression);
      return inner && value ? follow(value, inner, depth + 1) : [];
    }
    const ignored = ['local', 'each', 'count', 'path', 'self', 'terraform', 'data'];
    return second === '' || ignored.includes(first) ? [] : [`${scope.prefix}${first}.${second}`];
  });
}

/** Where a resource belongs: to one in the plan, to one by that name elsewhere, or nobody can say. */
export type Link =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'elsewhere'; readonly name: string }
  | { readonly kind: 'unclear' };

/** Follows `attribute` to a resource of `type`, by its values or by the configuration's references. */
function linkOf(
  plan: Plan,
  resource: Resource,
  attributes: readonly string[],
  type: string,
  names: readonly string[],
): Link {
  const targets = plan.resources.filter((one) => one.type === type);
  for (const attribute of attributes) {
    const value = resource.values[attribute];
    if (typeof value !== 'string' || value === '') continue;
    const own = targets.find((one) =>
      names.some((name) => one.values[name] === value || endsWithName(value, one.values[name])),
    );
    return own ? { kind: 'resource', resource: own } : { kind: 'elsewhere', name: value };
  }
  const declared = attributes.flatMap((attribute) => plan.references(resource, attribute));
  const candidates = targets.filter((one) => declared.includes(one.declared));
  const narrowed = candidates.length > 1 ? siblings(candidates, resource) : candidates;
  const [only, ...more] = narrowed;
  return only && more.length === 0 ? { kind: 'resource', resource: only } : { kind: 'unclear' };
}

/** An id that ends in the name: `b/NAME`, `/…/storageAccounts/NAME`. */
function endsWithName(value: string, name: unknown): boolean {
  return typeof name === 'string' && name !== '' && value.endsWith(`/${name}`);
}

/** With `count` and `for_each`, those of the same module instance and the same key belong together. */
function siblings(candidates: readonly Resource[], resource: Resource): readonly Resource[] {
  const near = candidates.filter((one) => one.module === resource.module);
  const pool = near.length > 0 ? near : candidates;
  const same = pool.filter((one) => one.key === resource.key);
  return same.length > 0 ? same : pool;
}

/** Is this attribute, or anything in it, known only after apply? */
export function isUnknown(resource: Resource, attribute: string): boolean {
  return containsTrue(resource.unknown[attribute], 0);
}

/** Parts of a grant that the provider fills in and that decide nothing. */
const DESCRIPTIVE = ['display_name', 'owner', 'etag'];

function containsTrue(value: unknown, depth: number): boolean {
  if (value === true) return true;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  return Object.entries(value).some(
    ([name, inner]) => !DESCRIPTIVE.includes(name) && containsTrue(inner, depth + 1),
  );
}

export interface Attached {
  readonly resources: readonly Resource[];
  /** Some of that type belong to nobody knows whom: perhaps to this one. */
  readonly unclear: boolean;
}

/** All resources of these types by the target they belong to; `elsewhere` by the name they give. */
export function attachments(
  plan: Plan,
  types: readonly string[],
  attributes: readonly string[],
  target: string,
  names: readonly string[],
): {
  readonly of: (resource: Resource, ...wanted: readonly string[]) => Attached;
  readonly elsewhere: ReadonlyMap<string, readonly Resource[]>;
} {
  const attached = new Map<string, Resource[]>();
  const elsewhere = new Map<string, Resource[]>();
  const unclear: Resource[] = [];
  for (const resource of plan.resources.filter((one) => types.includes(one.type))) {
    const link = linkOf(plan, resource, attributes, target, names);
    if (link.kind === 'unclear') unclear.push(resource);
    else if (link.kind === 'resource') push(attached, link.resource.address, resource);
    else push(elsewhere, link.name, resource);
  }
  return {
    elsewhere,
    of: (resource, ...wanted) => ({
      resources: (attached.get(resource.address) ?? []).filter((one) => wanted.includes(one.type)),
      unclear: unclear.some((one) => wanted.includes(one.type)),
    }),
  };
}

function push(map: Map<string, Resource[]>, key: string, resource: Resource): void {
  map.set(key, [...(map.get(key) ?? []), resource]);
}
