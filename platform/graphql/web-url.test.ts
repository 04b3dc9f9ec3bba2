import { UrlScalar } from './url-scalar.ts';
import { isPublicWebUrl } from './web-url.ts';

test.each([
  'https://example.com/photo.jpg',
  'http://example.com',
  'HTTPS://EXAMPLE.COM/A',
  'https://example.com:8443/a?b=c@d#e',
  'https://bücher.example/straße.jpg',
  'https://93.184.216.34/a.png',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/a.png',
  `https://example.com/${'x'.repeat(2_028)}`,
])('%s is valid', (url) => {
  expect(isPublicWebUrl(url)).toBe(true);
});

test.each([
  [
    'another protocol',
    [
      'ftp://example.com',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'blob:https://example.com/1',
    ],
  ],
  [
    'an incomplete URL',
    [
      '',
      'photo.jpg',
      '//example.com/a',
      'https:example.com',
      'https:///example.com',
      'https://',
      'http:\\\\example.com',
    ],
  ],
  [
    'credentials',
    ['https://ada:secret@example.com', 'https://ada@example.com', 'https://@example.com', 'https://:@example.com/'],
  ],
  [
    'a local name',
    [
      'http://localhost',
      'http://localhost.',
      'http://LOCALHOST:3000',
      'http://a.localhost',
      'http://db',
      'http://db.internal',
      'http://printer.local',
      'http://nas.lan',
      'http://x.home.arpa',
    ],
  ],
  [
    'a loopback address',
    [
      'http://127.0.0.1',
      'http://127.1',
      'http://2130706433',
      'http://0x7f000001',
      'http://0177.0.0.1',
      'http://0x7f.1',
      'http://127.0.0.1.',
      'http://①②⑦.0.0.1',
      'http://[::1]',
      'http://[::ffff:127.0.0.1]',
      'http://[::ffff:7f00:1]',
      'http://[0:0:0:0:0:0:0:1]',
    ],
  ],
  [
    'a private address',
    [
      'http://10.0.0.1',
      'http://172.16.0.1',
      'http://172.31.255.255',
      'http://192.168.1.1',
      'http://0xc0a80101',
      'http://100.64.0.1',
      'http://[fc00::1]',
      'http://[fd12:3456::1]',
      'http://[::ffff:10.0.0.1]',
    ],
  ],
  [
    'a link-local address',
    ['http://169.254.169.254/latest/meta-data', 'http://2852039166', 'http://[fe80::1]', 'http://[::ffff:a9fe:a9fe]'],
  ],
  [
    'an address that maps to another',
    ['http://[64:ff9b::7f00:1]', 'http://[2002:7f00:1::]', 'http://[2001::1]', 'http://[::127.0.0.1]'],
  ],
  [
    'a reserved address',
    [
      'http://0.0.0.0',
      'http://0',
      'http://[::]',
      'http://255.255.255.255',
      'http://224.0.0.1',
      'http://[ff02::1]',
      'http://192.0.2.1',
      'http://[2001:db8::1]',
    ],
  ],
  [
    'invalid characters',
    [
      'https://example.com/\0',
      'https://example.com/\ud800',
      'https://exa\nmple.com',
      ' https://example.com',
      'https://example.com/a b',
      'https://example.com\\@127.0.0.1',
    ],
  ],
  ['5 KB', [`https://example.com/${'x'.repeat(5_000)}`]],
])('%s is not valid', (_, urls) => {
  expect(urls.filter(isPublicWebUrl)).toEqual([]);
});

test('stored URLs are serialized, and the error for an invalid input is short', () => {
  expect(UrlScalar.serialize('http://localhost/old.jpg')).toBe('http://localhost/old.jpg');
  const parse = () => UrlScalar.parseValue(`http://localhost/${'x'.repeat(5_000)}`);
  expect(parse).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }));
  expect(parse).toThrow(/^URL must be a public web address .{0,250}…\.$/);
});
