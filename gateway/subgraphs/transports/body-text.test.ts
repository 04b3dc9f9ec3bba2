import { BodyText } from './body-text.ts';

test.each([0, 1, 5, 1_000_000, 1_500_000, 5_000_000])('a body of %d characters is decoded', (characters) => {
  const text = 'aé€😀'
    .repeat(Math.ceil(characters / 5))
    .slice(0, characters)
    .toWellFormed();
  const bytes = Buffer.from(text);
  for (const size of [7, 65_536, 10_000_000]) {
    if (bytes.length / size > 100_000) continue;
    const body = new BodyText();
    for (let start = 0; start < bytes.length; start += size) body.add(bytes.subarray(start, start + size));
    expect(body.text() === text).toBe(true);
  }
});
