/** Plans as `terraform show -json` writes them, made from a few lines. */
import { judgeDocuments } from '../../../src/exposure/cases.ts';

/** A resource of a plan in the making; `later` lists attributes known only after apply. */
export interface Planned {
  readonly address: string;
  readonly values: Record<string, unknown>;
  readonly later?: readonly string[];
  readonly references?: Record<string, readonly string[]>;
  readonly actions?: readonly string[];
}

function parts(address: string): {
  type: string;
  module: string;
  local: string;
  index?: string | number;
} {
  const match = /^((?:module\.\w+(?:\[[^\]]+\])?\.)*)(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(address);
  const [, module = '', type = '', name = '', index] = match ?? [];
  return {
    type,
    module: module.replace(/\.$/, ''),
    local: `${type}.${name}`,
    ...(index === undefined ? {} : { index: JSON.parse(index) as string | number }),
  };
}

/** The JSON of a plan of root resources and one level of modules. */
export function plan(
  resources: readonly Planned[],
  moduleCalls: Record<string, unknown> = {},
): string {
  const planned = resources.map((one) => {
    const { type, local, index } = parts(one.address);
    return {
      address: one.address,
      mode: 'managed',
      type,
      name: local.split('.')[1],
      index,
      values: one.values,
    };
  });
  const at = (module: string) => planned.filter((one) => parts(one.address).module === module);
  const modules = [...new Set(planned.map((one) => parts(one.address).module))].filter(Boolean);
  const declared = (module: string) =>
    resources
      .filter((one) => parts(one.address).module.replace(/\[[^\]]*\]/g, '') === module)
      .map((one) => ({
        address: parts(one.address).local,
        expressions: Object.fromEntries(
          Object.entries(one.references ?? {}).map(([name, references]) => [name, { references }]),
        ),
      }));
  const calls = Object.entries(moduleCalls).map(([name, call]) => [
    name,
    { ...(call as object), module: { resources: declared(`module.${name}`) } },
  ]);
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: {
      root_module: {
        resources: at(''),
        child_modules: modules.map((address) => ({ address, resources: at(address) })),
      },
    },
    resource_changes: resources.map((one) => ({
      address: one.address,
      type: parts(one.address).type,
      change: {
        actions: one.actions ?? ['create'],
        after: one.values,
        after_unknown: Object.fromEntries((one.later ?? []).map((name) => [name, true])),
      },
    })),
    configuration: {
      root_module: { resources: declared(''), module_calls: Object.fromEntries(calls) },
    },
  });
}

export function judged(text: string): Record<string, string> {
  return Object.fromEntries(
    judgeDocuments(text, 'plan.json').map((one) => [
      one.id,
      [one.anonymousRead, one.anonymousList, one.anonymousWrite, one.public].join(' '),
    ]),
  );
}
