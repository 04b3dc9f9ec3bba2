import { checkedTemplate } from './template-checks.ts';

test('a template may have 1 MB in the bucket', () => {
  const template = (length: number) =>
    JSON.stringify({ Resources: { It: { Type: 'X', Properties: { x: 'x'.repeat(length) } } } });
  expect(checkedTemplate(template(999_000), false).Resources).toHaveProperty('It');
  expect(() => checkedTemplate(template(1_000_000), false)).toThrow('Template may not exceed 1000000 bytes in size.');
});
