export function Goals() {
  return null;
}
