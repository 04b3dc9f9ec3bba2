import type { Template } from '../../assembly/read-assembly.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import type { Access, AwsService } from '../aws-service.ts';
import { type QueryInput, queryOf, queryResponse, stringsIn } from '../query-protocol.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { templateIn } from './change-set-request.ts';
import type { CloudFormation } from './cloudformation.ts';
import { changeSetShape, eventShape, resourceShape, stackShape, summaryShape, templateSummary } from './describe.ts';
import { refusal } from './stack-error.ts';
import type { ResourceState, StackRecord } from './stack-record.ts';
import { checkedTemplate } from './template-checks.ts';

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';
/** Items per page. */
const PAGE = 100;

type Operation = (input: QueryInput) => object | undefined | Promise<object | undefined>;

/** CloudFormation's query protocol, for the CDK and AWS CLIs. */
export class CloudFormationApi implements AwsService {
  readonly #cloudFormation: CloudFormation;
  readonly #objects: ObjectStore;

  constructor(cloudFormation: CloudFormation, objects: ObjectStore) {
    this.#cloudFormation = cloudFormation;
    this.#objects = objects;
  }

  accesses(request: AwsRequest): Access[] {
    return [{ action: `cloudformation:${queryOf(request).get('Action')}`, resource: '*' }];
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    const input = queryOf(request);
    const name = input.get('Action') ?? '';
    const operation = this.#operations[name];
    return operation && queryResponse(name, NAMESPACE, await operation(input));
  }

  readonly #operations: Record<string, Operation> = {
    DescribeStacks: (input) => this.#describeStacks(input.get('StackName')),
    ListStacks: (input) => this.#listStacks(stringsIn(input, 'StackStatusFilter')),
    DescribeStackEvents: (input) => {
      const { id } = this.#stack(input);
      return page('StackEvents', this.#store.events(id).map(eventShape), input);
    },
    DescribeStackResources: (input) => ({
      StackResources: this.#resources(input).map((state) => resourceShape(this.#stack(input), state)),
    }),
    DescribeStackResource: (input) => {
      const record = this.#stack(input);
      const [state] = this.#resources(input);
      if (!state) throw refusal(`Resource ${input.get('LogicalResourceId')} does not exist for stack ${record.name}`);
      return { StackResourceDetail: resourceShape(record, state) };
    },
    ListStackResources: (input) => {
      const record = this.#stack(input);
      const shapes = this.#resources(input).map((state) => resourceShape(record, state));
      return page('StackResourceSummaries', shapes, input);
    },
    GetTemplate: (input) => ({
      TemplateBody: this.#template(input),
      StagesAvailable: ['Original', 'Processed'],
    }),
    GetTemplateSummary: (input) => {
      const name = input.get('StackName');
      const record = name ? this.#cloudFormation.record(name) : undefined;
      const text = record?.template || templateIn(input, this.#objects, record).text;
      return templateSummary(checkedTemplate(text, false), text);
    },
    ValidateTemplate: (input) => {
      const { text, isInline } = templateIn(input, this.#objects, undefined);
      return templateSummary(checkedTemplate(text, isInline), text);
    },
    CreateChangeSet: async (input) => {
      const { id, stackId } = await this.#cloudFormation.createChangeSet(input);
      return { Id: id, StackId: stackId };
    },
    DescribeChangeSet: (input) => {
      const changeSet = this.#changeSet(input);
      return changeSetShape(changeSet, this.#cloudFormation.record(changeSet.stackId));
    },
    ListChangeSets: (input) => {
      const record = this.#stack(input);
      return { Summaries: this.#store.changeSets(record.id).map((each) => changeSetShape(each, record)) };
    },
    DeleteChangeSet: (input) => {
      const [name, stack] = [input.get('ChangeSetName') ?? '', input.get('StackName')];
      const record = stack ? this.#store.stack(stack) : undefined;
      for (const each of record ? this.#store.changeSets(record.id) : [])
        if (each.name === name || each.id === name) this.#store.deleteChangeSets(each.stackId, each.id);
      return {};
    },
    ExecuteChangeSet: (input) => {
      this.#cloudFormation.executeChangeSet(input);
      return {};
    },
    DeleteStack: (input) => {
      this.#cloudFormation.deleteStack(input);
      return undefined;
    },
    RollbackStack: (input) => {
      this.#cloudFormation.rollBack(input, ['CREATE_FAILED', 'UPDATE_FAILED']);
      return { StackId: this.#stack(input).id };
    },
    ContinueUpdateRollback: (input) => {
      this.#cloudFormation.rollBack(input, ['UPDATE_ROLLBACK_FAILED']);
      return {};
    },
    UpdateTerminationProtection: (input) => {
      const record = this.#stack(input);
      this.#store.putStack({ ...record, isProtected: input.get('EnableTerminationProtection') === 'true' });
      return { StackId: record.id };
    },
    GetStackPolicy: () => ({}),
    ListExports: () => ({
      Exports: this.#live().flatMap(({ id, outputs }) =>
        outputs
          .filter(({ exportName }) => exportName)
          .map(({ exportName, value }) => ({ ExportingStackId: id, Name: exportName, Value: value })),
      ),
    }),
  };

  get #store() {
    return this.#cloudFormation.store;
  }

  #live(): StackRecord[] {
    return this.#store.stacks().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  #stack(input: QueryInput): StackRecord {
    return this.#cloudFormation.record(input.get('StackName') ?? '');
  }

  #describeStacks(name: string | null): object {
    const records = name ? [this.#cloudFormation.record(name)] : this.#live();
    return { Stacks: records.map(stackShape) };
  }

  #listStacks(filter: string[]): object {
    const records = this.#store.stacks().filter(({ status }) => filter.length === 0 || filter.includes(status));
    return { StackSummaries: records.map(summaryShape) };
  }

  #resources(input: QueryInput): ResourceState[] {
    const wanted = input.get('LogicalResourceId');
    return this.#store.resources(this.#stack(input).id).filter(({ logicalId }) => !wanted || logicalId === wanted);
  }

  #template(input: QueryInput): string {
    const text = input.get('ChangeSetName') ? this.#changeSet(input).template : this.#stack(input).template;
    // A stack has none before its first change set is executed.
    return text || JSON.stringify({ Resources: {} } satisfies Template);
  }

  #changeSet(input: QueryInput) {
    return this.#cloudFormation.changeSet(input.get('ChangeSetName') ?? '', input.get('StackName'));
  }
}

function page(name: string, items: object[], input: QueryInput): object {
  const from = Number(input.get('NextToken') ?? 0);
  const isLast = from + PAGE >= items.length;
  return { [name]: items.slice(from, from + PAGE), NextToken: isLast ? undefined : String(from + PAGE) };
}
