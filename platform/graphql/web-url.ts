import ipaddr from 'ipaddr.js';

const MAX_LENGTH = 2_048;

/** Whether a text looks like the address of a page or a file: what was kept before is shown by this rule. */
export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * Whether a client may give the text as a public web address: http or https, without credentials, at most 2,048 characters, to a
 * host of the public internet. Addresses are judged as the URL standard reads them: `http://2130706433` is 127.0.0.1.
 */
export function isPublicWebUrl(text: string): boolean {
  if (text.length > MAX_LENGTH || /[\s\p{Cc}\p{Cs}\\]/u.test(text) || !/^https?:\/\/[^/]/i.test(text)) return false;
  if (!isWebUrl(text)) return false;
  const { hostname, username, password } = new URL(text);
  // `https://@host` has no user name, and yet a sign of one.
  const hasCredentials = username !== '' || password !== '' || /^https?:\/\/[^/?#]*@/i.test(text);
  return !hasCredentials && isPublicHost(hostname);
}

/** Names that do not lead out of a network: https://www.rfc-editor.org/rfc/rfc6761, rfc8375, and private use by ICANN. */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|test|invalid|onion)$/;

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ipaddr.isValid(host)) return isPublicAddress(ipaddr.process(host));
  return host.includes('.') && !LOCAL_NAMES.test(host);
}

/** Global unicast of IPv6 is one block, https://www.iana.org/assignments/ipv6-address-space */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return !(address instanceof ipaddr.IPv6) || address.match(GLOBAL_UNICAST);
}
