import { type KeyboardEvent, type ReactNode, type Ref, useId, useImperativeHandle, useRef } from 'react';

/** Takes the focus, as a field does. */
export interface Focusable {
  focus: () => void;
}

interface NumberedChoiceProps<V extends string> {
  title: string;
  options: readonly { value: V; text: ReactNode }[];
  /** Digit of the first option. */
  from: 0 | 1;
  value: V | null;
  choose: (value: V) => void;
  /** A choice was made by its digit or by Enter: the next field is to have the focus. */
  done: () => void;
  ref: Ref<Focusable>;
}

/** One of a few, by its digit: no mouse, no Tab. Arrows and clicks work as in any group of radio buttons. */
export function NumberedChoice<V extends string>(props: NumberedChoiceProps<V>) {
  const { title, options, from, value, choose, done, ref } = props;
  const name = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => group.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus(),
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    const option = options[Number(event.key) - from];
    const isDigit = /^\d$/.test(event.key);
    if (event.altKey || event.ctrlKey || event.metaKey || (!isDigit && event.key !== 'Enter')) return;
    event.preventDefault();
    if (isDigit && option === undefined) return;
    if (option !== undefined) choose(option.value);
    if (option !== undefined || value !== null) done();
  };
  return (
    <fieldset className="numbered-choice" ref={group} onKeyDown={onKeyDown}>
      <legend>{title}</legend>
      {options.map((option, i) => (
        <label key={option.value} data-chosen={option.value === value || undefined}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => choose(option.value)}
            className="visually-hidden"
          />
          <kbd>{i + from}</kbd>
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
