import type { FixedResources } from '../../cost/bill.ts';
import { type SystemFacts, typicalFacts } from '../../cost/facts.ts';
import type { StageLimits } from '../../cost/limits.ts';
import type { Prices } from '../../cost/prices.ts';
import { describeSystem } from '../../local/assembly/describe-system.ts';
import type { SystemModel } from '../../local/assembly/model.ts';
import { readAssembly } from '../../local/assembly/read-assembly.ts';

/** Returns the facts of a synthesized system that its costs depend on. */
export function factsOf(model: SystemModel, prices: Prices): SystemFacts {
  const { door, isArchived } = describeSystem(model);
  return { ...typicalFacts(prices), door, isArchived };
}

/** Returns the settings that limit the requests of a stage. */
export function stageLimitsOf({ functions, url, edge }: SystemModel): StageLimits {
  const perAddress = edge.rules.flatMap(({ statement }) =>
    statement.kind === 'rate' && statement.by === 'address' ? [statement.limit] : [],
  )[0];
  const gatewayConcurrency = functions.find(({ name }) => name === url?.functionName)?.reservedConcurrency;
  return {
    ...(gatewayConcurrency && { gatewayConcurrency }),
    ...(edge.hasDistribution && perAddress && { perAddress }),
  };
}

/** Counts the resources with a monthly price in a cloud assembly. */
export function fixedResourcesOf(assembly: string, metrics: number): FixedResources {
  const resources = readAssembly(assembly).flatMap(({ template }) => Object.values(template.Resources));
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const firewalls = of('AWS::WAFv2::WebACL');
  return {
    firewalls: firewalls.length,
    firewallRules: firewalls.reduce((sum, { Properties }) => sum + [Properties?.Rules ?? []].flat().length, 0),
    alarms: of('AWS::CloudWatch::Alarm').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    metrics,
  };
}
