/** File in the function's asset with a `GatewayBuild`. */
export const GATEWAY_BUILD = 'gateway-build.json';
