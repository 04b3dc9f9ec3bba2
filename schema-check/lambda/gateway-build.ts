/** The file of the function's asset that has the gateway's supergraph and its registered operations: a `GatewayBuild`. */
export const GATEWAY_BUILD = 'gateway-build.json';
