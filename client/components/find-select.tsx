import { Select, type SelectProps } from 'antd';
import { useState } from 'react';
import { type Findable, finding } from './finding.ts';
import { NoneFound } from './none-found.tsx';

type Option = Findable & { readonly value: string; readonly label: string };

interface Props<Value>
  extends Omit<SelectProps<Value, Option>, 'options' | 'showSearch' | 'notFoundContent' | 'onBlur'> {
  options: readonly Option[];
}

/** A list of terms, found while typing; where nothing is found, it says what else to try. */
export function FindSelect<Value>({ options, ...props }: Props<Value>) {
  const [typed, setTyped] = useState('');
  return (
    <>
      <Select<Value, Option>
        {...props}
        options={[...options]}
        showSearch={{ ...finding, onSearch: setTyped }}
        notFoundContent={null}
        onBlur={() => setTyped('')}
      />
      <NoneFound typed={typed} among={options} />
    </>
  );
}
