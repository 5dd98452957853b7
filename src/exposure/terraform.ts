/** Access to the buckets and containers that a Terraform plan would make or change. */
import type { Json } from './input.ts';
import { awsCases } from './terraform/aws.ts';
import { azureCases } from './terraform/azure.ts';
import { googleCases } from './terraform/google.ts';
import { readPlan } from './terraform/plan.ts';
import type { TerraformCase } from './terraform/verdict.ts';

export { isPlan } from './terraform/plan.ts';
export type { TerraformCase } from './terraform/verdict.ts';

/** Judges the JSON of `terraform show -json`; ids are resource addresses. */
export function judgePlan(value: Json, now: Date): readonly TerraformCase[] {
  const plan = readPlan(value);
  return [...awsCases(plan), ...googleCases(plan, now), ...azureCases(plan)];
}
