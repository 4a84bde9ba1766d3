export function PortalHome() {
  return null;
}
