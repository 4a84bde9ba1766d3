export function MyWork() { return null; }
