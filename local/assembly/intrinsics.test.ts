import { Resolver } from './intrinsics.ts';
import type { Stack, Template } from './read-assembly.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:shop-stays';
const stays: Stack = {
  name: 'stays',
  template: {
    Parameters: {
      Plain: { Type: 'String', Default: 'plain' },
      Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/issuer' },
      Lost: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/nothing' },
    },
    Mappings: { Sizes: { 'us-east-1': { large: 7 } } },
    Conditions: {
      Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      There: { 'Fn::Not': [{ Condition: 'Here' }] },
      Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'There' }] },
      Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'There' }] },
    },
    Resources: {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-stays' } },
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' } },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Join': ['-', ['shop', 'stays']] } } },
      Unnamed: { Type: 'AWS::DynamoDB::Table' },
      Stream: { Type: 'AWS::Kinesis::Stream' },
      Elsewhere: { Type: 'AWS::Kinesis::Stream', Condition: 'There' },
      Pool: { Type: 'AWS::Cognito::UserPool' },
    },
  } satisfies Template,
};
const identity: Stack = {
  name: 'identity',
  template: {
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Issuer: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/shop/issuer', Value: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
      },
    },
  },
};
const resolver = new Resolver(stays, [stays, identity], {
  'AWS::Cognito::UserPool': { ProviderURL: (id) => `http://localhost/${id}` },
});

test.each<[unknown, unknown]>([
  [{ a: [1, 'two', null, true] }, { a: [1, 'two', null, true] }],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ Ref: 'AWS::StackName' }, 'stays'],
  [{ Ref: 'Plain' }, 'plain'],
  [{ Ref: 'Stored' }, 'http://localhost/Pool'],
  [{ Ref: 'Fn' }, 'shop-stays'],
  [{ Ref: 'Live' }, 'arn:aws:lambda:us-east-1:123456789012:function:shop-stays:live'],
  [{ Ref: 'Table' }, 'shop-stays'],
  [{ Ref: 'Unnamed' }, 'Unnamed'],
  [{ Ref: 'Stream' }, 'Stream'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:123456789012:table/shop-stays'],
  [{ 'Fn::GetAtt': 'Fn.Arn' }, 'arn:aws:lambda:us-east-1:123456789012:function:shop-stays'],
  [{ 'Fn::GetAtt': ['Pool', 'ProviderURL'] }, 'http://localhost/Pool'],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Plain' }]] }, 'a/plain'],
  [{ 'Fn::Split': ['-', { Ref: 'Fn' }] }, ['shop', 'stays']],
  [{ 'Fn::Select': ['1', { 'Fn::Split': ['-', 'a-b'] }] }, 'b'],
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders
  [{ 'Fn::Sub': '${AWS::Region}/${Table}/${Fn.Arn}' }, `us-east-1/shop-stays/${FUNCTION_ARN}`],
  [{ 'Fn::Sub': '${!Plain}' }, '${Plain}'],
  [{ 'Fn::Sub': ['${x}-${Plain}', { x: { Ref: 'AWS::AccountId' } }] }, '123456789012-plain'],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders
  [{ 'Fn::Base64': 'é' }, 'w6k='],
  [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'large'] }, 7],
  [{ 'Fn::If': ['Here', { Ref: 'Plain' }, { Ref: 'Nothing' }] }, 'plain'],
  [{ 'Fn::If': ['There', 1, 2] }, 2],
  [{ 'Fn::If': ['Both', 1, 2] }, 2],
  [{ 'Fn::If': ['Either', 1, 2] }, 1],
  [{ a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  [[{ 'Fn::If': ['Here', { Ref: 'AWS::NoValue' }, 1] }, 2], [2]],
])('%j resolves to %j', (value, expected) => {
  expect(resolver.resolve(value)).toEqual(expected);
});

test.each<[unknown, string]>([
  [{ Ref: 'Nothing' }, 'Stack stays: Ref: there is no resource or parameter "Nothing".'],
  [{ Ref: 'Lost' }, 'Stack stays: no stack declares the SSM parameter /shop/nothing.'],
  [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, 'Stack stays: Fn::GetAtt: there is no resource "Nothing".'],
  [
    { 'Fn::GetAtt': ['Stream', 'StreamId'] },
    'Stack stays: attribute StreamId of "Stream" (AWS::Kinesis::Stream) is not supported by the local run.',
  ],
  [{ 'Fn::GetAZs': '' }, 'Stack stays: Fn::GetAZs is not supported by the local run.'],
  [{ 'Fn::ImportValue': 'x' }, 'Stack stays: Fn::ImportValue is not supported by the local run.'],
  [
    { 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'large'] },
    'Stack stays: Fn::FindInMap: Sizes.eu-west-1.large is not in Mappings.',
  ],
  [{ 'Fn::If': ['Nowhere', 1, 2] }, 'Stack stays: condition "Nowhere" is not declared.'],
])('%j fails with an error that names it', (value, message) => {
  expect(() => resolver.resolve(value)).toThrow(message);
});

test('a resource whose condition is false is left out', () => {
  expect(resolver.resources().map(([id]) => id)).not.toContain('Elsewhere');
  expect(resolver.resources()).toHaveLength(6);
});
