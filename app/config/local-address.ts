/** Whether an address is of this machine. */
export function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/**
 * Whether an address on another machine is used without TLS.
 *
 * @param option of the address; one of the values `safe` switches TLS on
 */
export function isOpen(address: string | undefined, scheme: string, option: string, safe: readonly string[]): boolean {
  if (!address?.startsWith(scheme) || !URL.canParse(address)) return false;
  const host = new URL(address);
  // Without a host it is a socket of this machine.
  return host.hostname !== '' && !isLocal(address) && !safe.includes(host.searchParams.get(option) ?? '');
}
