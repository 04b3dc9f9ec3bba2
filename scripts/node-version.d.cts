export function refusal(version: string, platform: string, arch: string): string | undefined;
