import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService, operationOf, runOperation } from '../aws-service.ts';
import type { AliasRef, Deployment, DeploymentGroup } from './deployment.ts';
import type { Deployments } from './deployments.ts';

type Input = Record<string, unknown>;

const MILLISECONDS = 1_000;

interface AppSpec {
  Resources?: Record<string, { Properties?: Record<string, unknown> }>[];
}

/** CodeDeploy's operations on deployments, https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_Operations.html */
export class CodeDeployApi implements AwsService {
  readonly #deployments: Deployments;
  readonly #groups: () => DeploymentGroup[];

  constructor(deployments: Deployments, groups: () => DeploymentGroup[]) {
    this.#deployments = deployments;
    this.#groups = groups;
  }

  accesses(request: AwsRequest): Access[] {
    return [{ action: `codedeploy:${operationOf(request)}`, resource: '*' }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation(this.#operations, request);
  }

  readonly #operations: Record<string, (input: Input) => object> = {
    ListApplications: () => ({ applications: [...new Set(this.#groups().map(({ application }) => application))] }),
    ListDeploymentGroups: ({ applicationName }) => ({
      applicationName,
      deploymentGroups: this.#groups()
        .filter(({ application }) => application === applicationName)
        .map(({ name }) => name),
    }),
    CreateDeployment: ({ applicationName, revision }) => {
      const { content } = ((revision as Input | undefined)?.appSpecContent ?? {}) as { content?: string };
      const { alias, from, to } = shiftIn(content);
      if (!this.#groups().some(({ application }) => application === applicationName))
        throw new AwsError('ApplicationDoesNotExistException', `There is no application ${applicationName}.`);
      return { deploymentId: this.#deployments.begin(alias, from, to).id };
    },
    ListDeployments: ({ applicationName, deploymentGroupName }) => ({
      deployments: this.#deployments
        .all()
        .filter(({ group }) => applicationName === undefined || group?.application === applicationName)
        .filter(({ group }) => deploymentGroupName === undefined || group?.name === deploymentGroupName)
        .map(({ id }) => id),
    }),
    GetDeployment: ({ deploymentId }) => ({ deploymentInfo: describe(this.#find(deploymentId)) }),
    StopDeployment: ({ deploymentId }) => {
      const { id } = this.#find(deploymentId);
      if (this.#deployments.stop(id)) return { status: 'Pending', statusMessage: 'The deployment is being stopped.' };
      throw new AwsError('DeploymentAlreadyCompletedException', `The deployment ${id} has already ended.`);
    },
  };

  #find(id: unknown): Deployment {
    const deployment = this.#deployments.find(String(id));
    if (deployment) return deployment;
    throw new AwsError('DeploymentDoesNotExistException', `There is no deployment ${id}.`);
  }
}

/** Reads the shift of an AppSpec in JSON, https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html#reference-appspec-file-structure-resources-lambda */
function shiftIn(content: unknown): { alias: AliasRef; from: string; to: string } {
  const [resource] = Object.values(appSpecFrom(content).Resources?.[0] ?? {});
  const { Name, Alias, CurrentVersion, TargetVersion } = resource?.Properties ?? {};
  for (const [name, value] of Object.entries({ Name, Alias, CurrentVersion, TargetVersion }))
    if (value === undefined) throw invalid(`the function has no ${name}`);
  const alias = { functionName: String(Name), alias: String(Alias) };
  return { alias, from: String(CurrentVersion), to: String(TargetVersion) };
}

function appSpecFrom(content: unknown): AppSpec {
  try {
    return JSON.parse(String(content)) as AppSpec;
  } catch {
    throw invalid('it is not JSON');
  }
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidRevisionException', `The AppSpec content of the revision is invalid: ${reason}.`);
}

function describe({ id, alias, from, to, group, createdAt, endedAt, outcome }: Deployment): object {
  return {
    deploymentId: id,
    applicationName: group?.application,
    deploymentGroupName: group?.name,
    deploymentConfigName: group?.configName ?? 'CodeDeployDefault.LambdaAllAtOnce',
    computePlatform: 'Lambda',
    description: `${alias.functionName}:${alias.alias} from version ${from} to ${to}`,
    status: outcome?.status ?? 'InProgress',
    createTime: createdAt / MILLISECONDS,
    ...(endedAt !== undefined && { completeTime: endedAt / MILLISECONDS }),
    ...(outcome &&
      outcome.status !== 'Succeeded' && {
        errorInformation: { code: codeOf(outcome.reason, outcome.status), message: outcome.reason },
        ...(outcome.isRolledBack && { rollbackInfo: { rollbackMessage: `Moved back to version ${from}.` } }),
      }),
  };
}

function codeOf(reason: string, status: string): string {
  if (status === 'Failed') return 'INTERNAL_ERROR';
  return reason.startsWith('The alarm') ? 'ALARM_ACTIVE' : 'MANUAL_STOP';
}
