import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Withhold } from '../engine/plan/make-program.ts';
import type { PermissionKey } from './permissions.ts';
import type { Requirement } from './requirement.ts';
import { readRequirements } from './requirements.ts';
import { type AuthorizationRules, requirementsOf, withheldFields } from './withheld-fields.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Authorization rules of a supergraph's access-control directives. */
export class Authorization {
  readonly #rules: AuthorizationRules;

  constructor(supergraph: DocumentNode, schema: GraphQLSchema) {
    this.#rules = { schema, requirements: readRequirements(supergraph) };
  }

  /** Returns the distinct requirements of an operation's fields. */
  requirementsOf(operation: OperationDefinitionNode, fragments: Fragments): Requirement[] {
    return this.#rules.requirements.size > 0 ? requirementsOf(operation, fragments, this.#rules) : [];
  }

  /** Returns the function that finds fields withheld from viewers with these permissions. */
  withholdUnmet(requirements: Requirement[], permissions: PermissionKey): Withhold {
    const satisfied = new Set(
      requirements.filter((_, index) => permissions[index] === '1').map((each) => JSON.stringify(each)),
    );
    const isSatisfied = (each: Requirement) => satisfied.has(JSON.stringify(each));
    return (operation, fragments) => withheldFields(operation, fragments, this.#rules, isSatisfied);
  }
}
