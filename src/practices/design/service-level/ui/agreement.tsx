export function Agreement() {
  return null;
}
