/** An editor gets the value of a structured field and says what it shall be. */
export interface EditorProps {
  value: unknown;
  onChange: (value: unknown) => void;
}
