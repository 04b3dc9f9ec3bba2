import ipaddr from 'ipaddr.js';

const MAX_LENGTH = 2_048;

/** Whether a text is an http or https URL. Stored URLs are returned by this rule. */
export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * Whether a text is a public web URL: http or https, without credentials, at most 2,048 characters, with a host on the public
 * internet. Hosts are normalized by the URL standard: `http://2130706433` is 127.0.0.1.
 */
export function isPublicWebUrl(text: string): boolean {
  if (text.length > MAX_LENGTH || /[\s\p{Cc}\p{Cs}\\]/u.test(text) || !/^https?:\/\/[^/]/i.test(text)) return false;
  if (!isWebUrl(text)) return false;
  const { hostname, username, password } = new URL(text);
  // `https://@host` has an empty user name.
  const hasCredentials = username !== '' || password !== '' || /^https?:\/\/[^/?#]*@/i.test(text);
  return !hasCredentials && isPublicHost(hostname);
}

/** Host names of private networks: https://www.rfc-editor.org/rfc/rfc6761, rfc8375, and private use by ICANN. */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|test|invalid|onion)$/;

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ipaddr.isValid(host)) return isPublicAddress(ipaddr.process(host));
  return host.includes('.') && !LOCAL_NAMES.test(host);
}

/** The block of global unicast addresses in IPv6, https://www.iana.org/assignments/ipv6-address-space */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return !(address instanceof ipaddr.IPv6) || address.match(GLOBAL_UNICAST);
}
