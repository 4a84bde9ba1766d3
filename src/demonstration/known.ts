/** What was made so far, by kind and name. */
export interface Known {
  /** The id; an unknown name is a fault of the demonstration. */
  id(type: string, name: string): string;
  person(name: string): string;
  remember(type: string, name: string, id: string): void;
}

export function nothingKnown(): Known {
  const ids = new Map<string, string>();
  const id = (type: string, name: string) => {
    const found = ids.get(`${type} ${name}`);
    if (!found) throw new Error(`The demonstration has no ${type} called ${name}.`);
    return found;
  };
  return {
    id,
    person: (name) => id('person', name),
    remember: (type, name, value) => {
      ids.set(`${type} ${name}`, value);
    },
  };
}
