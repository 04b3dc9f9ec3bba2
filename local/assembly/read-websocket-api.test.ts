import { rmSync } from 'node:fs';
import { writeAssembly } from '../../test/event-assembly.ts';
import { readSystemModel } from './read-system-model.ts';

/** Returns the model of a template's resources. */
function modelOf(resources: Record<string, { Type: string; Properties: Record<string, unknown> }>) {
  const directory = writeAssembly(resources);
  const model = readSystemModel(directory);
  rmSync(directory, { recursive: true });
  return model;
}

const unsupportedIn = (resources: Parameters<typeof modelOf>[0]) =>
  modelOf(resources).unsupported.map(
    ({ logicalId, type }) => `${logicalId}: ${type.replace('AWS::ApiGatewayV2::', '')}`,
  );

const resource = (type: string, Properties: Record<string, unknown>) => ({
  Type: `AWS::ApiGatewayV2::${type}`,
  Properties,
});
const Api = resource('Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.message.type' });
const Stage = resource('Stage', { ApiId: { Ref: 'Api' }, StageName: 'live' });
const integration = (more = {}) =>
  resource('Integration', {
    ApiId: { Ref: 'Api' },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri:
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f:live/invocations',
    ...more,
  });
const route = (RouteKey: string, more = {}) =>
  resource('Route', {
    ApiId: { Ref: 'Api' },
    RouteKey,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'To' }]] },
    ...more,
  });

test('an API has the functions of its routes, and the member that selects them', () => {
  const { webSocketApi, unsupported } = modelOf({
    Stage,
    Connect: route('$connect'),
    Chat: route('chat'),
    To: integration({ TimeoutInMillis: 5_000 }),
    Api,
  });
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f:live';
  const target = { arn, functionName: 'f', qualifier: 'live', timeout: 5_000 };
  const routes = { $connect: target, chat: target };
  expect(webSocketApi).toEqual({ id: 'Api', stage: 'live', selector: 'message.type', routes });
  expect(unsupported).toEqual([]);
});

test('an integration has 29 seconds by default', () => {
  const { webSocketApi } = modelOf({ Api, Stage, Connect: route('$connect'), To: integration() });
  expect(webSocketApi?.routes.$connect?.timeout).toBe(29_000);
});

test('what the local run does not do is reported', () => {
  expect(
    unsupportedIn({
      Api,
      Stage: resource('Stage', { ...Stage.Properties, DefaultRouteSettings: {}, AccessLogSettings: {} }),
      Connect: route('$connect', { AuthorizationType: 'AWS_IAM' }),
      Default: route('$default', { RouteResponseSelectionExpression: '$default', ApiKeyRequired: false }),
      To: integration({ ContentHandlingStrategy: 'CONVERT_TO_BINARY' }),
      Answer: resource('RouteResponse', {}),
    }).sort(),
  ).toEqual([
    'Answer: RouteResponse',
    'Connect: Route AuthorizationType',
    'Default: Route RouteResponseSelectionExpression',
    'Stage: Stage AccessLogSettings',
    'Stage: Stage DefaultRouteSettings',
    'To: Integration ContentHandlingStrategy',
  ]);
});

test('HTTP APIs, further WebSocket APIs and integrations without a function are reported', () => {
  const model = {
    Http: resource('Api', { ProtocolType: 'HTTP' }),
    HttpStage: resource('Stage', { ApiId: { Ref: 'Http' }, StageName: '$default' }),
    Other: resource('Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.header.x' }),
    Api,
    Stage,
    OtherStage: resource('Stage', { ApiId: { Ref: 'Other' }, StageName: 'live' }),
    Connect: route('$connect'),
    To: integration({ IntegrationType: 'MOCK', IntegrationUri: undefined }),
  };
  expect(unsupportedIn(model).sort()).toEqual([
    'Http: Api ProtocolType',
    'Other: Api RouteSelectionExpression',
    'OtherStage: Stage ApiId',
    'Stage: Stage IntegrationUri',
    'To: Integration IntegrationType',
  ]);
});

test('mappings of other event sources are reported', () => {
  const source = { FunctionName: 'f', EventSourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s' };
  const { unsupported } = modelOf({ Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: source } });
  expect(unsupported.map(({ type }) => type)).toEqual(['AWS::Lambda::EventSourceMapping EventSourceArn']);
});
