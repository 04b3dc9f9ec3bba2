import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Viewer } from '#platform/viewer.ts';
import { meets, type Policies } from './permissions.ts';
import { type Requirement, requirementsIn } from './requirements.ts';
import { type AuthorizationRules, requirementsOf, type WithheldFields, withheldFields } from './withheld-fields.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** What a viewer may see of one operation. */
export interface Permissions {
  /** The same for all viewers who may see the same of the operation. */
  key: string;
  withhold: (operation: OperationDefinitionNode, fragments: Fragments) => WithheldFields;
}

/** Decides who may see what, by the directives of a supergraph. */
export class Authorization {
  readonly #rules: AuthorizationRules;
  readonly #policies: Policies;

  constructor(supergraph: DocumentNode, schema: GraphQLSchema, policies: Policies) {
    this.#rules = { schema, requirements: requirementsIn(supergraph) };
    this.#policies = policies;
  }

  /** The requirements that bear on an operation, each once. */
  requirementsOf(operation: OperationDefinitionNode, fragments: Fragments): Requirement[] {
    return this.#rules.requirements.size > 0 ? requirementsOf(operation, fragments, this.#rules) : [];
  }

  /** What a viewer, or nobody, may see of an operation on which these requirements bear. */
  permissions(requirements: Requirement[], viewer: Viewer | undefined): Permissions {
    const met = new Map(requirements.map((each) => [JSON.stringify(each), meets(each, viewer, this.#policies)]));
    const isMet = (each: Requirement) => met.get(JSON.stringify(each)) ?? false;
    return {
      key: [...met.values()].map(Number).join(''),
      withhold: (operation, fragments) => withheldFields(operation, fragments, this.#rules, isMet),
    };
  }
}
