interface TextFieldProps {
  name: string;
  label: string;
  value: string;
  wide?: boolean;
  optional?: boolean;
  number?: boolean;
}

/** A labelled line of a form that is read when it is sent. */
export function TextField({
  name,
  label,
  value,
  wide = false,
  optional = false,
  number = false,
}: TextFieldProps) {
  return (
    <label className={wide ? 'field field-wide' : number ? 'field field-short' : 'field'}>
      {label}
      <input
        name={name}
        defaultValue={value}
        required={!optional}
        maxLength={120}
        {...(number ? { type: 'number', step: 'any' } : {})}
      />
    </label>
  );
}
