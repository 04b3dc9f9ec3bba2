import { ReceivedBody } from './received-body.ts';

function received(bytes: Buffer, size: number): ReceivedBody {
  const body = new ReceivedBody();
  for (let start = 0; start < bytes.length; start += size) body.add(bytes.subarray(start, start + size));
  return body;
}

describe.each([0, 1, 5, 1_000_000, 1_500_000, 5_000_000])('a body of %d characters', (characters) => {
  const value = {
    list: 'aé€😀"\\ '
      .repeat(Math.ceil(characters / 8))
      .slice(0, characters)
      .toWellFormed()
      .match(/.{1,100}/gu),
  };
  const bytes = Buffer.from(JSON.stringify(value));

  test.each([7, 65_536, 10_000_000])('is parsed from chunks of %d bytes', (size) => {
    if (bytes.length / size > 100_000) size = bytes.length / 100_000;
    expect(received(bytes, Math.ceil(size)).json()).toEqual(value);
  });

  test('is not JSON if it ends early, or has more after its end', () => {
    expect(() => received(bytes.subarray(0, -1), 65_536).json()).toThrow(SyntaxError);
    expect(() => received(Buffer.concat([bytes, Buffer.from('}')]), 65_536).json()).toThrow(SyntaxError);
  });
});

test('a large body that is not JSON does not fail before it is read', () => {
  const body = received(Buffer.from(`<html>${'x,'.repeat(1_000_000)}</html>`), 65_536);
  expect(body.text()).toBe('2000013 bytes');
  expect(() => body.json()).toThrow(SyntaxError);
});
